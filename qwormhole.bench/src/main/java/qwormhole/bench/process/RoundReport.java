package qwormhole.bench.process;

import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Workload;

/**
 * What both sides say of a round.
 *
 * @param workload what was done
 * @param elapsedNanos see {@link qwormhole.bench.load.Round}
 * @param sent what the side that drives sent, or how many connections it opened
 * @param confirmed what that side was told, or for echoes what came back to it
 * @param counted what the side that receives counted itself
 * @param server what it took of the server
 * @param client what it took of the client
 * @param neighbours processors that other processes kept busy meanwhile; NaN when not known
 * @param latency nanoseconds: round trip, one way or connect, as the workload has it; null when not
 *     measured
 * @param turnaround see {@link qwormhole.bench.load.Round}
 */
public record RoundReport(
    Workload workload,
    long elapsedNanos,
    long sent,
    Counts confirmed,
    Counts counted,
    Half server,
    Half client,
    double neighbours,
    Histogram latency,
    Histogram turnaround) {

  /** Messages, echoes, deliveries or connections per second of elapsed time. */
  public double rate() {
    return sent * 1e9 / elapsedNanos;
  }

  /** Why the round cannot count, or null: every message must have arrived once, and right. */
  public String defect(long expected, int size) {
    Counts right = Counts.right(expected, size);
    if (sent == expected && confirmed.equals(right) && counted.equals(right)) {
      return null;
    }
    return "of %d messages of %d bytes %d were sent, the %s knows of %s, the %s counted %s"
        .formatted(
            expected,
            size,
            sent,
            workload.isServerDriven() ? "server" : "client",
            confirmed,
            workload.isServerDriven() ? "client" : "server",
            counted);
  }
}
