package qwormhole.libsocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;

/** Takes an accepted socket to its loop. */
record LibsocketAccept(
    EpollLoop loop, int fd, InetSocketAddress remote, SocketOptions options, LinkHandler handler)
    implements Runnable {

  @Override
  public void run() {
    LibsocketLink link;
    try {
      Sockets.prepare(fd, options);
      link = new LibsocketLink(loop, fd, Sockets.addresses().local(fd), remote, handler);
      link.watch(LibC.EPOLLIN);
    } catch (IOException e) {
      fail(e);
      return;
    }
    link.open();
  }

  /** The link never opened. */
  void fail(IOException cause) {
    Sockets.close(fd);
    try {
      handler.onClosed(cause);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }
}
