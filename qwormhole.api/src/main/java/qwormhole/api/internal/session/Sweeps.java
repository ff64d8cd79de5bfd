package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.stream.Stream;
import qwormhole.api.EndpointOptions;

/**
 * How often an endpoint looks at its sessions' deadlines: one timer an endpoint instead of several a
 * connection, at a quarter of the shortest deadline, 10 ms to 1 s.
 */
final class Sweeps {
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final long SHORTEST_NANOS = 10_000_000;

  private Sweeps() {}

  static long periodNanos(EndpointOptions<?> options) {
    long shortest =
        Stream.of(
                options.handshakeTimeout(),
                options.idleTimeout(),
                options.pingInterval(),
                options.legacyHeartbeat())
            .filter(deadline -> !deadline.isZero())
            .mapToLong(Duration::toNanos)
            .min()
            .orElse(Long.MAX_VALUE);
    return Math.max(SHORTEST_NANOS, Math.min(LONGEST.toNanos(), shortest / 4));
  }
}
