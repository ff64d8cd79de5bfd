package qwormhole.java;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;

/** Takes an accepted channel to its loop. */
record NioAccept(EventLoop loop, SocketChannel channel, SocketOptions options, LinkHandler handler)
    implements Runnable {

  @Override
  public void run() {
    NioLink link;
    SelectionKey key;
    try {
      Sockets.prepare(channel, options);
      link = new NioLink(loop, channel, handler);
      key = channel.register(loop.selector(), SelectionKey.OP_READ);
    } catch (IOException e) {
      fail(e);
      return;
    }
    link.open(key);
  }

  /** The link never opened. */
  void fail(IOException cause) {
    Sockets.closeQuietly(channel);
    try {
      handler.onClosed(cause);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
  }
}
