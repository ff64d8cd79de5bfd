package qwormhole.libsocket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A connect to be made. Everything happens on the loop, so that it has one order. */
final class LibsocketConnect implements Transport.PendingConnect, Runnable {

  private final EpollLoop loop;
  private final InetSocketAddress remote;
  private final SocketOptions options;
  private LinkHandler handler; // null when the outcome is known
  private Connecting connecting;

  LibsocketConnect(
      EpollLoop loop, InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
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
      Connecting begun = new Connecting(Sockets.connect(remote, options));
      try {
        begun.watch(LibC.EPOLLOUT);
      } catch (IOException e) {
        Sockets.close(begun.fd);
        throw e;
      }
      connecting = begun;
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public void cancel() {
    loop.execute(() -> fail(new ConnectException("gave up connecting to " + remote)));
  }

  /** The outcome of a connect that has no link; on the loop, or where there is no loop any more. */
  void fail(Throwable cause) {
    LinkHandler told = handler;
    if (told == null) {
      return;
    }
    handler = null;
    if (connecting != null) {
      connecting.kill();
    }
    try {
      told.onClosed(cause);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }

  /** The socket until it is connected: it is writable then, and also when it failed. */
  private final class Connecting extends Watched {

    Connecting(int fd) {
      super(LibsocketConnect.this.loop, fd);
    }

    @Override
    void ready(int events) {
      LibsocketLink link;
      try {
        link = connected();
      } catch (IOException e) {
        fail(e);
        return;
      }
      handler = null;
      link.replace(this);
      link.open();
    }

    private LibsocketLink connected() throws IOException {
      int error = Sockets.error(fd);
      if (error != 0) {
        throw Errno.of(error, "cannot connect to " + remote);
      }
      InetSocketAddress local = Sockets.addresses().local(fd);
      if (local.equals(remote)) {
        // A free port in the ephemeral range may be given to the very socket that connects to it.
        throw new ConnectException("nobody listens: connected to itself");
      }
      Sockets.prepare(fd, options);
      return new LibsocketLink(loop, fd, local, Sockets.addresses().remote(fd), handler);
    }

    @Override
    void end(Throwable cause) {
      fail(cause != null ? cause : new ConnectException("gave up connecting to " + remote));
    }
  }
}
