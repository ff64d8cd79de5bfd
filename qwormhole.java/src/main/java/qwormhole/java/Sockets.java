package qwormhole.java;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import qwormhole.api.spi.SocketOptions;

/** Opens, sets up and closes channels. */
final class Sockets {

  /** On Windows SO_REUSEADDR would let another process take a port that is in use. */
  private static final boolean REUSE_ADDRESS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Sockets() {}

  static ServerSocketChannel listen(InetSocketAddress address, SocketOptions options)
      throws IOException {
    ServerSocketChannel channel = open(address);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, REUSE_ADDRESS);
      if (options.receiveBufferBytes() > 0) {
        // Before bind: accepted sockets inherit it, in time for the window scale of the handshake.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      channel.bind(address, options.backlog());
      return channel;
    } catch (UnresolvedAddressException e) {
      closeQuietly(channel);
      throw refused("the address is not resolved", e);
    } catch (UnsupportedAddressTypeException e) {
      closeQuietly(channel);
      throw refused("addresses of this kind are not supported here", e);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
    try {
      return ServerSocketChannel.open(family(address));
    } catch (UnsupportedOperationException e) {
      throw refused("addresses of this kind are not supported here", e);
    }
  }

  private static BindException refused(String why, Exception cause) {
    BindException refused = new BindException(why);
    refused.initCause(cause);
    return refused;
  }

  /** A channel bound to the options' local address, ready to connect. */
  static SocketChannel open(InetSocketAddress remote, SocketOptions options) throws IOException {
    SocketChannel channel = SocketChannel.open(family(remote));
    try {
      prepare(channel, options);
      if (options.receiveBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      InetSocketAddress local = options.local();
      if (local != null) {
        // A fixed port may still be in TIME_WAIT from the connection before this one.
        channel.setOption(
            StandardSocketOptions.SO_REUSEADDR, REUSE_ADDRESS && local.getPort() != 0);
        channel.bind(local);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /** Non-blocking, with the options that a connected socket has on either side. */
  static void prepare(SocketChannel channel, SocketOptions options) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, options.noDelay());
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, options.keepAlive());
    if (options.sendBufferBytes() > 0) {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
    }
  }

  /** Closes with a reset. */
  static void reset(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // The socket is gone already; what is left is to close it.
    }
    closeQuietly(channel);
  }

  static void closeQuietly(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nobody can do anything about it: the descriptor is released all the same.
    }
  }

  private static ProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }
}
