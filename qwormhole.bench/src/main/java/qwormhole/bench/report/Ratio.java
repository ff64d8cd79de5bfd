package qwormhole.bench.report;

import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;

/**
 * A contender against the yardstick: the n-th round of the one over the n-th of the other, which ran
 * right before it.
 *
 * @param of what is compared, as the JSON names it
 * @param higherIsBetter whether more is better
 * @param pairs the quotient of each pair
 * @param spread their median and ends
 */
public record Ratio(String of, boolean higherIsBetter, List<Double> pairs, Spread spread) {

  public Ratio {
    pairs = List.copyOf(pairs);
  }

  /** Compares rounds in the order in which they ran; what has no partner is left out. */
  public static Ratio of(Workload workload, List<RoundReport> rounds, List<RoundReport> bare) {
    boolean stream = workload == Workload.STREAM;
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), bare.size()); i++) {
      pairs.add(measure(stream, rounds.get(i)) / measure(stream, bare.get(i)));
    }
    return new Ratio(
        stream ? "messagesPerSecond" : "roundTripNanos.p50",
        stream,
        pairs,
        Spread.of(pairs, Double::doubleValue));
  }

  private static double measure(boolean stream, RoundReport round) {
    return stream ? round.rate() : round.roundTrip().getValueAtPercentile(50);
  }
}
