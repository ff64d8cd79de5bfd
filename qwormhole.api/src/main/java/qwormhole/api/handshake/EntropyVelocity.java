package qwormhole.api.handshake;

import java.util.Locale;

/** How fast a negentropic index moves (protocol section 7). */
public enum EntropyVelocity {
  /** Below 0.01 a second. */
  LOW(0.01),
  /** Below 0.05 a second, and what has no time to compare. */
  STABLE(0.05),
  /** Below 0.2 a second. */
  RISING(0.2),
  /** Any faster. */
  SPIKING(Double.POSITIVE_INFINITY);

  private static final double MILLIS_PER_SECOND = 1000;

  private final double belowPerSecond;

  EntropyVelocity(double belowPerSecond) {
    this.belowPerSecond = belowPerSecond;
  }

  /** The velocity between two indices, either way; {@link #STABLE} when no time has passed. */
  public static EntropyVelocity of(double previous, double current, long elapsedMillis) {
    if (elapsedMillis <= 0) {
      return STABLE;
    }
    double perSecond = Math.abs((current - previous) / (elapsedMillis / MILLIS_PER_SECOND));
    for (EntropyVelocity velocity : values()) {
      if (perSecond < velocity.belowPerSecond) {
        return velocity;
      }
    }
    return SPIKING;
  }

  /** The name on the wire and in telemetry, such as {@code rising}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
