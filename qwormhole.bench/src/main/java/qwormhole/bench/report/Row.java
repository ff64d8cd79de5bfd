package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;

/**
 * One line of the result: a pairing under a workload.
 *
 * @param workload what was done
 * @param server the server's contender, a provider id or {@code bare}
 * @param client the client's contender
 * @param size payload bytes of a message
 * @param clients connections
 * @param send the form of send; for streams over QWormhole
 * @param rounds one measured round for each repeat, in the order in which they ran
 * @param outcome how it ended
 * @param reason why it was skipped or failed; empty when it was measured
 * @param ratio against the bare pair, or null
 */
public record Row(
    Workload workload,
    String server,
    String client,
    int size,
    int clients,
    SendForm send,
    List<RoundReport> rounds,
    Outcome outcome,
    String reason,
    Ratio ratio) {

  /** How a row ended. */
  public enum Outcome {
    /** All repeats were measured, and every message was right. */
    MEASURED,
    /** A contender cannot work here. */
    SKIPPED,
    /** A process died, a deadline passed or messages were missing. */
    FAILED
  }

  public Row {
    rounds = List.copyOf(rounds);
  }

  /** The pairing as users write it. */
  public String mode() {
    return server.equals(client) && server.equals("bare") ? server : server + ":" + client;
  }

  /** Whether this is the yardstick itself. */
  public boolean isBare() {
    return server.equals("bare");
  }

  /** Messages sent in all repeats. */
  public long sent() {
    return rounds.stream().mapToLong(RoundReport::sent).sum();
  }
}
