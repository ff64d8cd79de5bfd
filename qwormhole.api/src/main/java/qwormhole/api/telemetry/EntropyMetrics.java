package qwormhole.api.telemetry;

/**
 * What a peer claimed in its handshake's {@code entropyMetrics}; nothing of it is proven.
 *
 * @param entropy 0 or more, or NaN when not said
 * @param entropyVelocity {@code low}, {@code stable}, {@code rising} or {@code spiking}; empty when
 *     not said
 * @param coherence {@code high}, {@code medium}, {@code low} or {@code chaos}; empty when not said
 * @param negIndex 0 to 1, or NaN when not said
 */
public record EntropyMetrics(
    double entropy, String entropyVelocity, String coherence, double negIndex) {

  /** A peer that said nothing. */
  public static final EntropyMetrics NONE = new EntropyMetrics(Double.NaN, "", "", Double.NaN);
}
