package qwormhole.bench.baseline;

/** How much the bare pair writes at once. */
public final class BareWrites {
  /**
   * 64 KiB less what makes them one segment on the loopback: an IP packet of at most 65 535 bytes
   * without its headers (20 IP, 20 TCP, 12 timestamps). One byte more, 64 KiB as well, costs every
   * write a second segment of a few bytes, and half of the throughput or more.
   */
  public static final int DEFAULT_BYTES = 65_483;

  private BareWrites() {}
}
