package qwormhole.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import qwormhole.bench.process.Machine;
import qwormhole.bench.process.Site;

/**
 * What every number depends on.
 *
 * @param date when the run began, UTC
 * @param machine the client's, and the server's too unless that is another one
 * @param server the server's machine by its own account, or null when it is the same
 * @param seed of the payloads' bytes
 */
public record Conditions(Instant date, Machine machine, Machine server, long seed) {

  /** Those of now. */
  public static Conditions of(Site site, long seed) {
    return new Conditions(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Machine.here(),
        site.serverMachine().orElse(null),
        seed);
  }

  /** Between which machines: {@code loopback} or {@code remote}. */
  public String network() {
    return server == null ? "loopback" : "remote";
  }
}
