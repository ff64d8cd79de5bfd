package qwormhole.api.internal.session;

import qwormhole.api.RateLimit;

/**
 * A debt-based token bucket over a nanosecond clock: what was used is charged afterwards, and the next
 * use waits until the debt is paid. So a use is never split for the bucket's sake, and over time the
 * rate is exact. Not thread-safe: its owner sees to that.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;
  private static final long PORTIONS_PER_SECOND = 100;

  private final double bytesPerNano;
  private final double burst;
  private final double portion;
  private double tokens;
  private long lastNanos;

  TokenBucket(RateLimit limit, long nowNanos) {
    this.bytesPerNano = limit.bytesPerSecond() / NANOS;
    this.burst = limit.burstBytes();
    this.portion =
        Math.max(1, Math.min(limit.burstBytes(), limit.bytesPerSecond() / PORTIONS_PER_SECOND));
    this.tokens = burst;
    this.lastNanos = nowNanos;
  }

  /** What may be used now without debt, in bytes; zero or less while in debt. */
  long available(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * bytesPerNano);
    lastNanos = nowNanos;
    return (long) Math.floor(tokens);
  }

  /** Charges what was used. */
  void charge(long bytes) {
    tokens -= bytes;
  }

  /**
   * How long to wait, as of the last call of {@link #available}: 0 while a byte may be used, else until
   * a hundredth of a second's worth may be, so that a use is worth its system call and its timer.
   */
  long nanosUntilAvailable() {
    return tokens >= 1 ? 0 : (long) Math.ceil((portion - tokens) / bytesPerNano);
  }
}
