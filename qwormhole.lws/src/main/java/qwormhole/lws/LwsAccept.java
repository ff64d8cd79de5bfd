package qwormhole.lws;

import java.io.IOException;
import java.net.InetSocketAddress;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;

/** Takes an accepted socket to its loop. */
record LwsAccept(
    LwsLoop loop, int fd, InetSocketAddress remote, SocketOptions options, LinkHandler handler)
    implements Runnable {

  @Override
  public void run() {
    InetSocketAddress local;
    try {
      local = Sockets.addresses().local(fd);
    } catch (IOException e) {
      fail(e);
      return;
    }
    LwsLink link = new LwsLink(loop, fd, local, remote, handler);
    try {
      link.adopt(Lws.ADOPT_RAW_SOCKET);
    } catch (IOException e) {
      tell(e);
      return;
    }
    Sockets.prepare(fd, options);
    if (!link.open()) {
      link.kill();
    }
  }

  /** The link never opened. */
  void fail(IOException cause) {
    LibC.close(fd);
    tell(cause);
  }

  private void tell(IOException cause) {
    try {
      handler.onClosed(cause);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }
}
