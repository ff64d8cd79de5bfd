package qwormhole.bench.report;

import java.util.List;
import java.util.Optional;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;

/**
 * One line of the result: a pairing under a workload.
 *
 * @param spec what both sides opened, but for their contenders
 * @param server the server's contender, a provider id or {@code bare}
 * @param client the client's contender
 * @param rounds one measured round for each repeat, in the order in which they ran
 * @param outcome how it ended
 * @param reason why it was skipped or failed; empty when it was measured
 * @param defect the receiver's counts of a round that failed since they were wrong, or null
 * @param ratios against others of the same workload and size
 */
public record Row(
    SideSpec spec,
    String server,
    String client,
    List<RoundReport> rounds,
    Outcome outcome,
    String reason,
    Counts defect,
    List<Ratio> ratios) {

  /** How a row ended. */
  public enum Outcome {
    /** Its repeats were measured, and every message was right. */
    MEASURED,
    /** It cannot run here. */
    SKIPPED,
    /** A process died, a deadline passed or messages were missing. */
    FAILED
  }

  public Row {
    rounds = List.copyOf(rounds);
    ratios = List.copyOf(ratios);
  }

  /** What was done. */
  public Workload workload() {
    return spec.workload();
  }

  /** The pairing as users write it. */
  public String mode() {
    return Contender.mode(server, client);
  }

  /** Whether this is the yardstick itself. */
  public boolean isBare() {
    return server.equals(SideSpec.BARE);
  }

  /** The ratio against this pairing. */
  public Optional<Ratio> ratio(String against) {
    return ratios.stream().filter(ratio -> ratio.against().equals(against)).findFirst();
  }

  /** Messages sent in all repeats. */
  public long sent() {
    return rounds.stream().mapToLong(RoundReport::sent).sum();
  }

  /** What the receiver counted in all repeats. */
  public Counts counted() {
    return rounds.stream().map(RoundReport::counted).reduce(Counts.NONE, Counts::plus);
  }
}
