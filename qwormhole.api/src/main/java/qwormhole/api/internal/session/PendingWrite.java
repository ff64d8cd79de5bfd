package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;

/**
 * The write of one thread to the link of a resumable session, so that the session can go on while that
 * write does not return: its bytes are copied, and the writer keeps the memory that the link may still
 * read. One that comes back finds out before it touches anything else.
 */
@SuppressWarnings("serial") // never serialized: it is a state with what belongs to it
final class PendingWrite extends AtomicInteger {
  private static final int OUT = 0;
  private static final int IN = 1; // in the link's write
  private static final int TAKEN = 2; // its bytes are being copied
  private static final int COPIED = 3; // its memory is the writer's
  private static final int BACK = 4; // the writer came back before they were copied

  /** What the link is given. */
  final ByteBuffer[] vector;

  private final int[] positions;
  private int count;
  private int firstLimit;
  private Segment written;

  PendingWrite(int segments) {
    vector = new ByteBuffer[segments];
    positions = new int[segments];
  }

  // the writer

  /** Before the link's write of so many segments, with the limit that the first one really has. */
  void begin(int segments, int limit) {
    count = segments;
    firstLimit = limit;
    for (int i = 0; i < segments; i++) {
      positions[i] = vector[i].position();
    }
    setRelease(IN);
  }

  /** After it; false when all that the writer had was taken away, and nothing is to be touched. */
  boolean end(SegmentPool pool) {
    if (compareAndSet(IN, OUT)) {
      return true;
    }
    if (!compareAndSet(TAKEN, BACK)) {
      release(written, pool);
    }
    return false;
  }

  // whoever goes on without it

  /** Takes the writer's bytes away, if it is in the link's write; {@link #copy} follows. */
  boolean take() {
    return compareAndSet(IN, TAKEN);
  }

  /**
   * Copies what was being written.
   *
   * @param flight all that the writer had, of which it was writing the first segments
   * @return the same in memory that nobody else looks at
   */
  Segment copy(Segment flight, SegmentPool pool) {
    Segment first = null;
    Segment last = null;
    Segment from = flight;
    Segment end = flight;
    for (int i = 0; i < count; i++) {
      Segment copy = pool.copy(from, positions[i], i == 0 ? firstLimit : from.memory.limit());
      if (last == null) {
        first = copy;
      } else {
        last.next = copy;
      }
      last = copy;
      end = from;
      from = from.next;
    }
    end.next = null;
    last.next = from;
    written = flight;
    if (!compareAndSet(TAKEN, COPIED)) {
      release(flight, pool);
    }
    return first;
  }

  private static void release(Segment chain, SegmentPool pool) {
    for (Segment segment = chain; segment != null; ) {
      Segment next = segment.next;
      pool.release(segment);
      segment = next;
    }
  }
}
