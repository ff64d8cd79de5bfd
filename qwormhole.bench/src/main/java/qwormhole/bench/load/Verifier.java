package qwormhole.bench.load;

import java.nio.ByteBuffer;

/**
 * Counts and checks what one connection brings. Counters run on through all rounds, and so do the
 * numbers of the messages; a round only moves the target. Written by the connection's own thread.
 */
public final class Verifier {
  private final int size;
  private long received;
  private long decoded;
  private long bytes;

  /** Written by the thread that arms a round, while nothing is in flight. */
  private volatile long target;

  /** Written once a round, behind the counters: makes them visible to other threads. */
  private volatile long reached;

  /** Expects messages of one size. */
  public Verifier(int size) {
    this.size = size;
  }

  /** Expects this many more messages. */
  public void expect(long messages) {
    long next = target + messages;
    target = next;
  }

  /** Takes a message; tells whether it was the last one of the round. */
  public boolean accept(ByteBuffer buffer, int offset, int length) {
    if (length == size && Stamp.matches(buffer, offset, length, received)) {
      decoded++;
    }
    bytes += length;
    if (++received == target) {
      reached = received;
      return true;
    }
    return false;
  }

  /** What has arrived since the beginning; exact once a round is complete. */
  public Counts counts() {
    return reached >= 0 ? new Counts(received, decoded, bytes) : Counts.NONE;
  }
}
