package qwormhole.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What the side that drives saw of one round.
 *
 * @param elapsedNanos from the first send to the confirmation of the last message, or from the first
 *     connect to the last one that is ready
 * @param sent messages sent, or connections opened
 * @param confirmed what the other side confirmed, or for echoes what came back
 * @param latency nanoseconds from the send to the reply's handler, or from connect to ready; null
 *     where messages go one way
 * @param turnaround nanoseconds from the send to the application thread that has been told of the
 *     reply and can send again; null but for ping-pong
 */
public record Round(
    long elapsedNanos, long sent, Counts confirmed, Histogram latency, Histogram turnaround) {

  /** A histogram of nanoseconds up to a minute, with three digits. */
  public static Histogram histogram() {
    return new Histogram(60_000_000_000L, 3);
  }
}
