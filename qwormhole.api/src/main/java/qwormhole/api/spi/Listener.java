package qwormhole.api.spi;

import java.net.InetSocketAddress;

/** A bound, accepting socket. */
public interface Listener extends AutoCloseable {

  /** The bound address with its real port. */
  InetSocketAddress address();

  /**
   * Stops accepting; the port is free for another listener when this returns (unless it is called on
   * a loop thread, where it is free soon after). Accepted links live on. Idempotent. A loop that hangs
   * is not waited for: the port is freed without it, where that is possible, and within seconds this
   * returns in any case.
   */
  @Override
  void close();
}
