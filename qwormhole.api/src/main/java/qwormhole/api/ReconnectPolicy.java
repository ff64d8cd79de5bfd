package qwormhole.api;

import java.time.Duration;
import java.util.Objects;

/**
 * When a client tries again: before attempt n it waits a random time between zero and {@code min(max,
 * initial * multiplier^(n-1))} (full jitter), so that clients of a restarted server spread out.
 *
 * @param initial the bound of the first wait, 1 ms or more
 * @param max the bound that waits grow to, not below {@code initial}
 * @param multiplier growth of the bound, 1 to 10
 * @param attempts retries in a row before the client gives up; 0 never retries
 */
public record ReconnectPolicy(Duration initial, Duration max, double multiplier, int attempts) {

  /** 100 ms to 30 s, doubling, without end. */
  public static final ReconnectPolicy DEFAULT =
      new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(30), 2, Integer.MAX_VALUE);

  /** Never retries. */
  public static final ReconnectPolicy NONE =
      new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(30), 2, 0);

  public ReconnectPolicy {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(max, "max");
    if (initial.toMillis() < 1) {
      throw new IllegalArgumentException("reconnect.initial must be at least 1 ms: " + initial);
    }
    if (max.compareTo(initial) < 0) {
      throw new IllegalArgumentException("reconnect.max must not be below initial: " + max);
    }
    if (!(multiplier >= 1 && multiplier <= 10)) {
      throw new IllegalArgumentException("reconnect.multiplier must be 1 to 10: " + multiplier);
    }
    if (attempts < 0) {
      throw new IllegalArgumentException("reconnect.attempts must not be negative: " + attempts);
    }
  }

  /** The bound of the wait before an attempt, from 1 on. */
  public Duration bound(int attempt) {
    double millis = initial.toMillis() * Math.pow(multiplier, attempt - 1.0);
    return millis >= max.toMillis() ? max : Duration.ofMillis((long) millis);
  }
}
