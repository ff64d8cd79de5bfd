package qwormhole.bench.load;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * Counts and checks what one connection brings. Counters run on through all rounds, and so do the
 * numbers of the messages; a round only moves the target. Written by the connection's own thread.
 */
public final class Verifier {
  /** A number further off than this is damage, not a gap. */
  private static final long MAX_GAP = 1_000_000_000L;

  private final int size;
  private final int sampleEvery;
  private final Histogram oneWay;
  private long expected;
  private long received;
  private long decoded;
  private long bytes;
  private long lost;
  private long doubled;

  /** Written by the thread that arms a round, while nothing is in flight. */
  private volatile long target;

  /** Written at the end of a round, behind the counters: makes them visible to other threads. */
  private volatile long reached;

  /**
   * Expects messages as the spec has them.
   *
   * @param oneWay takes how long the sampled ones were under way, in nanoseconds; null takes none
   */
  public Verifier(SideSpec spec, Histogram oneWay) {
    this.size = spec.size();
    this.sampleEvery = oneWay == null ? 0 : spec.sampleEvery();
    this.oneWay = oneWay;
  }

  /** Expects this many more messages. */
  public void expect(long messages) {
    long next = target + messages;
    target = next;
  }

  /** Takes a message; tells whether it was the last one of the round. */
  public boolean accept(ByteBuffer buffer, int offset, int length) {
    if (length == size && Stamp.matches(buffer, offset, length, expected)) {
      decoded++;
      if (Stamp.isTimed(length, expected, sampleEvery)) {
        Histograms.record(oneWay, System.nanoTime() - Stamp.readTime(buffer, offset));
      }
      expected++;
    } else {
      explain(buffer, offset, length);
    }
    bytes += length;
    if (++received == target) {
      reached = received;
      return true;
    }
    return false;
  }

  /** Tells a gap and a repetition from damage. */
  private void explain(ByteBuffer buffer, int offset, int length) {
    long distance = length == size ? Stamp.distance(buffer, offset, length, expected) : 0;
    if (distance > 0
        && distance <= MAX_GAP
        && Stamp.matches(buffer, offset, length, expected + distance)) {
      lost += distance;
      decoded++;
      expected += distance + 1;
    } else if (distance < 0
        && -distance <= expected
        && Stamp.matches(buffer, offset, length, expected + distance)) {
      doubled++;
    } else {
      expected++;
    }
  }

  /** What has arrived since the beginning; exact once a round is complete. */
  public Counts counts() {
    return reached >= 0 ? new Counts(received, decoded, bytes, lost, doubled) : Counts.NONE;
  }
}
