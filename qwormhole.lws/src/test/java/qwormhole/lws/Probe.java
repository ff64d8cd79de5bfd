package qwormhole.lws;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/** A handler that keeps what it is told. */
class Probe implements LinkHandler {

  static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  final CompletableFuture<Link> opened = new CompletableFuture<>();
  final CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @Override
  public void onOpen(Link link) {
    opened.complete(link);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.writeBytes(copy);
  }

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(Throwable cause) {
    closed.complete(Optional.ofNullable(cause));
  }

  Link link() throws Exception {
    return opened.get(30, TimeUnit.SECONDS);
  }

  Optional<Throwable> end() throws Exception {
    return closed.get(30, TimeUnit.SECONDS);
  }
}
