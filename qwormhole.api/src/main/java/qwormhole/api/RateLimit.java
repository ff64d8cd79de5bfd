package qwormhole.api;

/**
 * A limit in bytes of the stream, headers included: a token bucket that may go into debt by one write
 * or read, and pays it back before the next.
 *
 * @param bytesPerSecond the sustained rate, 1 or more
 * @param burstBytes what may pass at once after a pause, 1 or more
 */
public record RateLimit(long bytesPerSecond, long burstBytes) {
  public RateLimit {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "rateLimit.bytesPerSecond must be at least 1: " + bytesPerSecond);
    }
    if (burstBytes < 1) {
      throw new IllegalArgumentException("rateLimit.burstBytes must be at least 1: " + burstBytes);
    }
  }
}
