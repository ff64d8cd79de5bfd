package qwormhole.api.handshake;

/**
 * What a negentropic index says in other words.
 *
 * @param entropy bits a byte that the index leaves, 0 to 8
 * @param velocity how fast the index moves
 * @param coherence {@code high}, {@code medium}, {@code low} or {@code chaos}
 * @param negIndex the index
 */
public record EntropyMetrics(
    double entropy, EntropyVelocity velocity, String coherence, double negIndex) {
  private static final double MAX_ENTROPY_BITS = 8;

  /** The metrics of an index that is seen for the first time. */
  public static EntropyMetrics of(double index) {
    return of(index, EntropyVelocity.STABLE);
  }

  /** The metrics of an index that moves. */
  public static EntropyMetrics of(double index, EntropyVelocity velocity) {
    double clamped = Math.max(0, Math.min(1, index));
    String coherence =
        switch (TrustPolicy.of(index)) {
          case TRUST_ZERO -> "high";
          case TRUST_LIGHT -> "medium";
          case IMMUNE -> "low";
          case PARANOIA -> "chaos";
        };
    return new EntropyMetrics((1 - clamped) * MAX_ENTROPY_BITS, velocity, coherence, index);
  }
}
