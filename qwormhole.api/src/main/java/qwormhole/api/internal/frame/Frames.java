package qwormhole.api.internal.frame;

/** The numbers of the wire format (protocol sections 1 and 4). */
public final class Frames {
  /** Bytes of the big-endian length word before each payload. */
  public static final int HEADER_BYTES = 4;

  /** Bytes of the CRC-32C behind a payload, counted in its length word, once negotiated. */
  public static final int CHECKSUM_BYTES = 4;

  /** Set in the length word of a control frame, once negotiated. */
  public static final int CONTROL_BIT = 0x8000_0000;

  /** The largest payload of a control frame. */
  public static final int MAX_CONTROL_BYTES = 64 << 10;

  private Frames() {}
}
