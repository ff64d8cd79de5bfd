package qwormhole.java;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A connect under way. Everything happens on the loop, so that it has one order. */
final class NioConnect implements Transport.PendingConnect, KeyHandler, Runnable {

  private final EventLoop loop;
  private final InetSocketAddress remote;
  private final SocketOptions options;
  private LinkHandler handler; // null when the outcome is known
  private SocketChannel channel;

  NioConnect(EventLoop loop, InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    this.loop = loop;
    this.remote = remote;
    this.options = options;
    this.handler = handler;
  }

  /** Begins; on the loop. */
  @Override
  public void run() {
    if (handler == null) {
      return;
    }
    try {
      channel = Sockets.open(remote, options);
      boolean connected = channel.connect(remote);
      SelectionKey key =
          channel.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, this);
      if (connected) {
        open(key);
      }
    } catch (IOException | RuntimeException e) {
      fail(named(e));
    }
  }

  @Override
  public void ready(int readyOps) {
    try {
      if (channel.finishConnect()) {
        open(channel.keyFor(loop.selector()));
      }
    } catch (IOException | RuntimeException e) {
      fail(named(e));
    }
  }

  /** The exception with the address, which NIO does not name. */
  private IOException named(Exception e) {
    String text = "cannot connect to " + remote + ": " + reason(e);
    IOException named = new IOException(text);
    if (e instanceof BindException) {
      named = new BindException(text);
    } else if (e instanceof NoRouteToHostException) {
      named = new NoRouteToHostException(text);
    } else if (e instanceof ConnectException) {
      named = new ConnectException(text);
    }
    named.initCause(e);
    return named;
  }

  private String reason(Exception e) {
    if (e instanceof UnresolvedAddressException) {
      return "the local address " + options.local() + " is not resolved";
    }
    if (e instanceof UnsupportedAddressTypeException) {
      return "the local address " + options.local() + " is of another family";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void open(SelectionKey key) throws IOException {
    if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
      // A free port in the ephemeral range may be given to the very socket that connects to it.
      throw new ConnectException("nobody listens: connected to itself");
    }
    NioLink link = new NioLink(loop, channel, handler);
    handler = null;
    link.open(key);
  }

  @Override
  public void cancel() {
    loop.execute(() -> end(null));
  }

  @Override
  public void end(Throwable cause) {
    fail(cause != null ? cause : new ConnectException("gave up connecting to " + remote));
  }

  /** The outcome of a connect that has no link; on the loop, or where there is no loop any more. */
  void fail(Throwable cause) {
    LinkHandler told = handler;
    if (told == null) {
      return;
    }
    handler = null;
    if (channel != null) {
      Sockets.closeQuietly(channel);
    }
    try {
      told.onClosed(cause);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }
}
