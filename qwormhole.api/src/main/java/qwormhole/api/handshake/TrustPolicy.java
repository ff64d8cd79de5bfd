package qwormhole.api.handshake;

/**
 * How a peer is to be treated, by its negentropic index (protocol section 7). Framing and codec are
 * labels that peers of every implementation understand; batch, acknowledgement and checksum are what
 * an endpoint that enforces its policy acts on.
 */
public enum TrustPolicy {
  /** Index of at least 0.85. */
  TRUST_ZERO("trust-zero", 0.85, "zero-copy-writev", 64, "flatbuffers", false, false, 1.0),
  /** Index of at least 0.65. */
  TRUST_LIGHT("trust-light", 0.65, "length-prefix", 32, "cbor", false, false, 0.75),
  /** Index of at least 0.40. */
  IMMUNE("immune", 0.40, "length-ack", 8, "messagepack", true, false, 0.5),
  /** Any lower index. */
  PARANOIA(
      "paranoia",
      Double.NEGATIVE_INFINITY,
      "length-ack-checksum",
      1,
      "json-compressed",
      true,
      true,
      0.25);

  /** The index of a peer that gives none. */
  public static final double DEFAULT_INDEX = 0.5;

  private final String mode;
  private final double fromIndex;
  private final String framing;
  private final int batchFrames;
  private final String codec;
  private final boolean ack;
  private final boolean checksum;
  private final double trust;

  TrustPolicy(
      String mode,
      double fromIndex,
      String framing,
      int batchFrames,
      String codec,
      boolean ack,
      boolean checksum,
      double trust) {
    this.mode = mode;
    this.fromIndex = fromIndex;
    this.framing = framing;
    this.batchFrames = batchFrames;
    this.codec = codec;
    this.ack = ack;
    this.checksum = checksum;
    this.trust = trust;
  }

  /** The policy for an index; what is not a number counts as the lowest. */
  public static TrustPolicy of(double index) {
    for (TrustPolicy policy : values()) {
      if (index >= policy.fromIndex) {
        return policy;
      }
    }
    return PARANOIA;
  }

  /** The policy of two peers together: that of the lower index. */
  public static TrustPolicy merge(double local, double peer) {
    return of(Math.min(local, peer));
  }

  /** The name on the wire and in telemetry, such as {@code trust-light}. */
  public String mode() {
    return mode;
  }

  /** A label. */
  public String framing() {
    return framing;
  }

  /** How many frames may go out in one write. */
  public int batchFrames() {
    return batchFrames;
  }

  /** A label. */
  public String codec() {
    return codec;
  }

  /** Whether messages are to be acknowledged. */
  public boolean requiresAck() {
    return ack;
  }

  /** Whether frames are to carry a checksum. */
  public boolean requiresChecksum() {
    return checksum;
  }

  /** From 0.25 to 1. */
  public double trust() {
    return trust;
  }
}
