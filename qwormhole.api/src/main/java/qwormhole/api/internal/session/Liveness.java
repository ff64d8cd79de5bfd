package qwormhole.api.internal.session;

import java.time.Duration;

/**
 * When a silent or slow peer is to be pinged or given up: pure decisions over a clock. The loop
 * records, the endpoint's periodic check asks; a reading that is a little old does no harm.
 */
final class Liveness {
  /** What the periodic check should do. */
  enum Verdict {
    FINE,
    PING,
    IDLE,
    DEAD,
    TOO_SLOW
  }

  private static final int MAX_UNANSWERED = 2;
  private static final long SLOW_GRACE_NANOS = 10_000_000_000L;
  private static final long SLOW_BYTES_PER_SECOND = 1024;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long pingNanos;
  private final long idleNanos;
  private long lastReadNanos;
  private long lastPingNanos;
  private int unanswered;
  private long partialSinceNanos;
  private boolean partial;

  /** Zero for never. */
  Liveness(Duration pingInterval, Duration idleTimeout, long nowNanos) {
    this.pingNanos = pingInterval.toNanos();
    this.idleNanos = idleTimeout.toNanos();
    this.lastReadNanos = nowNanos;
    this.lastPingNanos = nowNanos;
  }

  /** Bytes arrived. */
  void alive(long nowNanos) {
    lastReadNanos = nowNanos;
    unanswered = 0;
  }

  /** Reading goes on after a pause: neither silence nor an incomplete frame is the peer's fault. */
  void resumed(long nowNanos) {
    alive(nowNanos);
    partialSinceNanos = nowNanos;
  }

  /** Whether a frame is incomplete; its age counts from the first time in a row. */
  void partial(boolean incomplete, long nowNanos) {
    if (incomplete && !partial) {
      partialSinceNanos = nowNanos;
    }
    partial = incomplete;
  }

  /** Begins a new frame's age when a frame was completed. */
  void progressed() {
    partial = false;
  }

  Verdict check(long nowNanos, boolean canPing, int heldBytes) {
    long silent = nowNanos - lastReadNanos;
    if (partial) {
      long age = nowNanos - partialSinceNanos;
      if (age > SLOW_GRACE_NANOS && heldBytes < age / NANOS_PER_SECOND * SLOW_BYTES_PER_SECOND) {
        return Verdict.TOO_SLOW;
      }
    }
    if (idleNanos > 0 && silent > idleNanos) {
      return Verdict.IDLE;
    }
    if (!canPing
        || pingNanos == 0
        || silent <= pingNanos
        || nowNanos - lastPingNanos <= pingNanos) {
      return Verdict.FINE;
    }
    if (unanswered >= MAX_UNANSWERED) {
      return Verdict.DEAD;
    }
    unanswered++;
    lastPingNanos = nowNanos;
    return Verdict.PING;
  }
}
