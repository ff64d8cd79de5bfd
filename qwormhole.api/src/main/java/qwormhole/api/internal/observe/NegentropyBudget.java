package qwormhole.api.internal.observe;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what the samplers of one endpoint cost together, however many connections it has: at most 100
 * samples a second, which is about a hundredth of a core. Who is refused waits another interval. Any thread.
 */
public final class NegentropyBudget {
  static final long SPACING_NANOS = 10_000_000;

  private final AtomicLong last;

  /** A budget that allows the first sample at once. */
  public NegentropyBudget(long nowNanos) {
    last = new AtomicLong(nowNanos - SPACING_NANOS);
  }

  boolean take(long nowNanos) {
    long before = last.get();
    return nowNanos - before >= SPACING_NANOS && last.compareAndSet(before, nowNanos);
  }
}
