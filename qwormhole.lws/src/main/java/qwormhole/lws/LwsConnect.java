package qwormhole.lws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A connect to be made. Everything happens on the loop, so that it has one order. */
final class LwsConnect implements Transport.PendingConnect, Runnable {

  private final LwsLoop loop;
  private final InetSocketAddress remote;
  private final SocketOptions options;
  private LinkHandler handler; // null when the outcome is known
  private Connecting connecting;

  LwsConnect(LwsLoop loop, InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
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
      connecting = new Connecting(Sockets.connect(remote, options));
      connecting.adopt(Lws.ADOPT_RAW_SOCKET);
      // The library would read, and so take from the socket why it could not be connected.
      connecting.reads(false);
      connecting.wantsWritable();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public void cancel() {
    loop.execute(
        () -> {
          if (connecting != null) {
            connecting.kill();
          }
          fail(gaveUp());
        });
  }

  private ConnectException gaveUp() {
    return new ConnectException("gave up connecting to " + remote);
  }

  /** The outcome of a connect that has no link; on the loop, or where there is no loop any more. */
  void fail(Throwable cause) {
    LinkHandler told = handler;
    handler = null;
    if (told != null) {
      try {
        told.onClosed(cause);
      } catch (Throwable thrown) {
        Uncaught.report(thrown);
      }
    }
  }

  /** The socket until it is connected. It is writable then, and at its end when it failed. */
  private final class Connecting extends Wsi {
    private Throwable cause;

    Connecting(int fd) {
      super(LwsConnect.this.loop, fd);
    }

    @Override
    boolean ready(int reason, long in, int length) {
      try {
        return reason != Lws.CALLBACK_RAW_WRITEABLE || connected();
      } catch (IOException e) {
        cause = e;
        return false;
      }
    }

    private boolean connected() throws IOException {
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
      LwsLink link = new LwsLink(loop, fd, local, Sockets.addresses().remote(fd), handler);
      handler = null;
      link.replace(this);
      link.reads(true);
      return link.open();
    }

    @Override
    void closed() {
      int error = cause == null ? Sockets.error(fd) : 0;
      if (error != 0) {
        cause = Errno.of(error, "cannot connect to " + remote);
      }
      fail(cause != null ? cause : gaveUp());
    }

    @Override
    void end(Throwable why) {
      cause = why;
      kill();
    }
  }
}
