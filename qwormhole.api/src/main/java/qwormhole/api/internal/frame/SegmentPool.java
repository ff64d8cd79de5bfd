package qwormhole.api.internal.frame;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Hands out segments of power-of-two sizes and keeps returned ones for reuse. The budget bounds what
 * is out at any time, over all connections: past it {@link #acquire} answers null, which callers turn
 * into backpressure. Any thread.
 */
public final class SegmentPool {
  private static final int MIN_SHIFT = 12;
  private static final int CLASSES = 31 - MIN_SHIFT;
  private static final long MAX_KEPT_PER_CLASS = 4 << 20;

  private final long budgetBytes;
  private final AtomicLong outBytes = new AtomicLong();
  private final Shelf[] shelves = new Shelf[CLASSES];
  private final IntFunction<Segment> allocator;

  /** A pool that has at most this many bytes out. */
  public SegmentPool(long budgetBytes) {
    this(budgetBytes, Segment::new);
  }

  SegmentPool(long budgetBytes, IntFunction<Segment> allocator) {
    this.budgetBytes = budgetBytes;
    this.allocator = allocator;
    for (int i = 0; i < CLASSES; i++) {
      shelves[i] = new Shelf();
    }
  }

  /**
   * A segment of at least this many bytes, or null: the budget is used up, the process has no memory
   * left, or no segment is that large.
   */
  public Segment acquire(int minBytes) {
    int shelf = shelfFor(minBytes);
    if (shelf >= CLASSES) {
      return null;
    }
    int bytes = 1 << (shelf + MIN_SHIFT);
    if (outBytes.addAndGet(bytes) > budgetBytes) {
      outBytes.addAndGet(-bytes);
      return null;
    }
    Segment kept = shelves[shelf].pop();
    return kept != null ? kept : allocate(bytes);
  }

  /**
   * A segment with the bytes and the numbers of another one, whose completions it takes; past the
   * budget if need be. The other's position and limit are not looked at.
   */
  public Segment copy(Segment from, int position, int limit) {
    int bytes = from.memory.capacity();
    Segment copy = acquire(bytes);
    if (copy == null) {
      copy = allocator.apply(bytes);
      outBytes.addAndGet(bytes);
    }
    copy.takeFrom(from, position, limit);
    return copy;
  }

  private Segment allocate(int bytes) {
    try {
      return allocator.apply(bytes);
    } catch (OutOfMemoryError e) {
      outBytes.addAndGet(-bytes);
      return null;
    }
  }

  /** Takes a segment back; the caller must not touch it again. */
  public void release(Segment segment) {
    int bytes = segment.memory.capacity();
    segment.reset();
    shelves[shelfFor(bytes)].push(segment, MAX_KEPT_PER_CLASS / bytes);
    outBytes.addAndGet(-bytes);
  }

  /** Bytes that are out now. */
  public long outBytes() {
    return outBytes.get();
  }

  private static int shelfFor(int bytes) {
    int shift = 32 - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1);
    return Math.max(0, shift - MIN_SHIFT);
  }

  /** Kept segments of one size, last in first out: the warmest memory goes out first. */
  private static final class Shelf {
    private Segment top;
    private int count;

    synchronized Segment pop() {
      Segment segment = top;
      if (segment != null) {
        top = segment.next;
        segment.next = null;
        count--;
      }
      return segment;
    }

    synchronized void push(Segment segment, long maxCount) {
      if (count < Math.max(1, maxCount)) {
        segment.next = top;
        top = segment;
        count++;
      }
    }
  }
}
