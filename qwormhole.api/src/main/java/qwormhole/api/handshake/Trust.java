package qwormhole.api.handshake;

/**
 * How far a peer is trusted. A low index is no accusation: that of an Ed25519 key is always low.
 *
 * @param index the peer's negentropic index: computed from the key of a peer that signed; else as the
 *     peer claims, or {@link TrustPolicy#DEFAULT_INDEX}
 * @param proven whether it was computed and not claimed
 * @param policy the policy for the lower of this index and the own one
 * @param enforced whether this connection keeps to the policy, as far as both sides can; otherwise
 *     it is advice
 */
public record Trust(double index, boolean proven, TrustPolicy policy, boolean enforced) {

  /** The index in other words. */
  public EntropyMetrics metrics() {
    return EntropyMetrics.of(index);
  }
}
