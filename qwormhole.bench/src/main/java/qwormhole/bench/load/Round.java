package qwormhole.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a client saw of one round.
 *
 * @param elapsedNanos from the first send to the confirmation of the last message
 * @param sent messages sent
 * @param confirmed what the other side confirmed, or for ping-pong what came back
 * @param roundTrip nanoseconds from the send to the reply's handler, or null for a stream
 * @param turnaround nanoseconds from the send to the application thread that has been told of the
 *     reply and can send again; null for a stream, and where one thread does both
 */
public record Round(
    long elapsedNanos, long sent, Counts confirmed, Histogram roundTrip, Histogram turnaround) {

  /** A histogram of nanoseconds up to a minute, with three digits. */
  public static Histogram histogram() {
    return new Histogram(60_000_000_000L, 3);
  }
}
