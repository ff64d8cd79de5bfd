package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/**
 * A transport that dies as one does whose loop has failed: it reports once, and its links end with the
 * cause. What arrives is handed over up to the chosen byte and no further.
 */
final class FaultyTransport implements Transport {
  private final Transport transport;
  private final TransportContext context;
  private final AtomicLong bytesLeft;
  private final AtomicBoolean dead = new AtomicBoolean();
  private final Fault.InjectedFault cause = new Fault.InjectedFault();

  FaultyTransport(Transport transport, TransportContext context, long atByte) {
    this.transport = transport;
    this.context = context;
    this.bytesLeft = new AtomicLong(atByte);
  }

  void die() {
    if (dead.compareAndSet(false, true)) {
      context.onFailure().accept(cause);
      // On a thread of its own: a close waits for the loops, and this may be one of them.
      context.threads().newThread(() -> transport.close(Duration.ZERO)).start();
    }
  }

  @Override
  public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
      throws IOException {
    return transport.listen(
        address,
        options,
        remote -> {
          LinkHandler handler = acceptor.accept(remote);
          return handler == null ? null : new FaultyHandler(handler);
        });
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    return transport.connect(remote, options, new FaultyHandler(handler));
  }

  @Override
  public List<Loop> loops() {
    return transport.loops();
  }

  @Override
  public void close(Duration grace) {
    transport.close(grace);
  }

  private final class FaultyHandler implements LinkHandler {
    private final LinkHandler handler;

    FaultyHandler(LinkHandler handler) {
      this.handler = handler;
    }

    @Override
    public void onOpen(Link link) {
      handler.onOpen(new FaultyLink(link));
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      long left = bytesLeft.getAndAdd(-bytes.remaining());
      if (dead.get() || left <= 0) {
        return;
      }
      boolean last = left <= bytes.remaining();
      if (last) {
        bytes.limit(bytes.position() + (int) left);
      }
      handler.onBytes(bytes);
      if (last) {
        die();
      }
    }

    @Override
    public void onWritable() {
      handler.onWritable();
    }

    @Override
    public void onClosed(Throwable why) {
      handler.onClosed(dead.get() ? cause : why);
    }
  }

  private final class FaultyLink extends ForwardingLink {
    FaultyLink(Link link) {
      super(link);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
      if (dead.get()) {
        throw cause;
      }
      long taken = super.write(buffers, offset, count);
      long left = bytesLeft.getAndAdd(-taken);
      if (left > 0 && left <= taken) {
        die();
      }
      return taken;
    }
  }
}
