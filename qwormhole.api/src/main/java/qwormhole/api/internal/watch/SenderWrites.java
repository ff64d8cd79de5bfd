package qwormhole.api.internal.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Writes that threads other than loops have under way with one transport, so that the watch finds those
 * that do not return. Each thread has a place of its own unless there are more than places, which
 * costs it two uncontended stores for a write; where all places are taken, a write is not seen.
 */
final class SenderWrites {
  /** A place is a cache line. */
  private static final int STRIDE = 8;

  private static final int PLACES = 64;
  private static final int TRIES = 4;

  /** Odd while a write is under way. */
  private final AtomicLongArray counts = new AtomicLongArray(PLACES * STRIDE);

  private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(PLACES);

  /** A write begins; returns its place for {@link #end}, or -1. */
  int begin() {
    Thread thread = Thread.currentThread();
    int first = (int) thread.getId();
    for (int i = 0; i < TRIES; i++) {
      int place = (first + i) & (PLACES - 1);
      long count = counts.getPlain(place * STRIDE);
      if ((count & 1) == 0 && counts.compareAndSet(place * STRIDE, count, count + 1)) {
        threads.setOpaque(place, thread);
        return place;
      }
    }
    return -1;
  }

  /** The write that was given this place has ended. */
  void end(int place) {
    if (place >= 0) {
      threads.setOpaque(place, null);
      counts.setRelease(place * STRIDE, counts.getPlain(place * STRIDE) + 1);
    }
  }

  /**
   * A write that is under way.
   *
   * @param count the same as long as it is the same write of its place
   */
  record UnderWay(int place, long count, Thread thread) {}

  /** Those that are under way now. */
  List<UnderWay> underWay() {
    List<UnderWay> found = new ArrayList<>(0);
    for (int place = 0; place < PLACES; place++) {
      long count = counts.get(place * STRIDE);
      Thread thread = (count & 1) == 0 ? null : threads.get(place);
      if (thread != null) {
        found.add(new UnderWay(place, count, thread));
      }
    }
    return found;
  }
}
