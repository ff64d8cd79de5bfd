package qwormhole.bench.report;

import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;

/**
 * A contender against another: the n-th round of the one over the n-th of the other, which ran in turn
 * with it.
 *
 * @param against the other's pairing
 * @param of what is compared, as the JSON names it
 * @param higherIsBetter whether more is better
 * @param pairs the quotient of each pair
 * @param spread their median and ends
 * @param interval where their geometric mean lies, or null for a single pair
 */
public record Ratio(
    String against,
    String of,
    boolean higherIsBetter,
    List<Double> pairs,
    Spread spread,
    Interval interval) {

  public Ratio {
    pairs = List.copyOf(pairs);
  }

  /** Compares rounds in the order in which they ran; what has no partner is left out. */
  public static Ratio of(
      Workload workload, String against, List<RoundReport> rounds, List<RoundReport> others) {
    boolean latency = workload == Workload.PINGPONG;
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), others.size()); i++) {
      pairs.add(measure(latency, rounds.get(i)) / measure(latency, others.get(i)));
    }
    return new Ratio(
        against,
        measured(workload),
        !latency,
        pairs,
        Spread.of(pairs, Double::doubleValue),
        Interval.ofRatios(pairs));
  }

  private static String measured(Workload workload) {
    return switch (workload) {
      case PINGPONG -> "latencyNanos.p50";
      case CONNECT -> "connectionsPerSecond";
      default -> "messagesPerSecond";
    };
  }

  private static double measure(boolean latency, RoundReport round) {
    return latency ? round.latency().getValueAtPercentile(50) : round.rate();
  }
}
