package qwormhole.bench.load;

import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * What one load thread contributes to a round.
 *
 * @param began {@code nanoTime} before its first send
 * @param ended {@code nanoTime} when its last message was confirmed
 * @param sent messages it sent
 * @param confirmed what the other side confirmed to it
 * @param latency see {@link Round}
 * @param turnaround see {@link Round}
 */
public record Share(
    long began, long ended, long sent, Counts confirmed, Histogram latency, Histogram turnaround) {

  /** The round that these shares make: from the first beginning to the last end. */
  public static Round sum(List<Share> shares) {
    long origin = shares.get(0).began;
    long began = 0;
    long ended = Long.MIN_VALUE;
    long sent = 0;
    Counts confirmed = Counts.NONE;
    for (Share share : shares) {
      began = Math.min(began, share.began - origin);
      ended = Math.max(ended, share.ended - origin);
      sent += share.sent;
      confirmed = confirmed.plus(share.confirmed);
    }
    return new Round(
        ended - began,
        sent,
        confirmed,
        sum(shares, Share::latency),
        sum(shares, Share::turnaround));
  }

  private static Histogram sum(List<Share> shares, Function<Share, Histogram> which) {
    if (which.apply(shares.get(0)) == null) {
      return null;
    }
    Histogram sum = Round.histogram();
    shares.forEach(share -> sum.add(which.apply(share)));
    return sum;
  }
}
