package qwormhole.api.internal.select;

import java.net.InetSocketAddress;
import java.time.Duration;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A transport that can only be closed, and counts it. */
class FakeTransport implements Transport {
  int closes;

  @Override
  public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close(Duration grace) {
    closes++;
  }
}
