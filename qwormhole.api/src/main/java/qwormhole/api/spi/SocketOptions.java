package qwormhole.api.spi;

import java.net.InetSocketAddress;

/**
 * Socket options that every provider honours.
 *
 * @param local the local address a client binds before it connects, or null for any
 * @param keepAlive TCP keep-alive
 * @param noDelay TCP no-delay; off means Nagle's algorithm
 * @param backlog length of a listener's accept queue, at least 1
 * @param sendBufferBytes SO_SNDBUF, or 0 for the system's own sizing
 * @param receiveBufferBytes SO_RCVBUF, or 0 for the system's own sizing
 */
public record SocketOptions(
    InetSocketAddress local,
    boolean keepAlive,
    boolean noDelay,
    int backlog,
    int sendBufferBytes,
    int receiveBufferBytes) {

  /** No local address, keep-alive and no-delay on, backlog 1024, the system's buffer sizes. */
  public static final SocketOptions DEFAULTS = new SocketOptions(null, true, true, 1024, 0, 0);

  public SocketOptions {
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1, was " + backlog);
    }
    if (sendBufferBytes < 0 || receiveBufferBytes < 0) {
      throw new IllegalArgumentException("socket buffer sizes must not be negative");
    }
  }
}
