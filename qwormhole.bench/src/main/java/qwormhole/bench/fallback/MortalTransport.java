package qwormhole.bench.fallback;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/**
 * A transport that can be killed: it then reports its death once, as one does whose loop has failed;
 * its links take and hand over nothing more and end with the cause, and its listener is gone.
 */
final class MortalTransport implements Transport {
  private final Transport transport;
  private final TransportContext context;
  private final AtomicBoolean dead = new AtomicBoolean();
  private final IOException cause = new IOException("killed by the bench");

  MortalTransport(Transport transport, TransportContext context) {
    this.transport = transport;
    this.context = context;
  }

  void die() {
    if (dead.compareAndSet(false, true)) {
      context.onFailure().accept(cause);
      // On a thread of its own: a close waits for the loops, and the caller may be one of them.
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
          return handler == null ? null : new MortalHandler(handler);
        });
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    return transport.connect(remote, options, new MortalHandler(handler));
  }

  @Override
  public List<Loop> loops() {
    return transport.loops();
  }

  @Override
  public void close(Duration grace) {
    transport.close(grace);
  }

  private final class MortalHandler implements LinkHandler {
    private final LinkHandler handler;

    MortalHandler(LinkHandler handler) {
      this.handler = handler;
    }

    @Override
    public void onOpen(Link link) {
      handler.onOpen(new MortalLink(link));
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      if (!dead.get()) {
        handler.onBytes(bytes);
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

  private final class MortalLink implements Link {
    private final Link link;

    MortalLink(Link link) {
      this.link = link;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
      if (dead.get()) {
        throw new IOException(cause);
      }
      return link.write(buffers, offset, count);
    }

    @Override
    public void wantWritable() {
      link.wantWritable();
    }

    @Override
    public void execute(Runnable task) {
      link.execute(task);
    }

    @Override
    public boolean inLoop() {
      return link.inLoop();
    }

    @Override
    public void pauseReads() {
      link.pauseReads();
    }

    @Override
    public void resumeReads() {
      link.resumeReads();
    }

    @Override
    public void close() {
      link.close();
    }

    @Override
    public void abort() {
      link.abort();
    }

    @Override
    public void sever() {
      link.sever();
    }

    @Override
    public InetSocketAddress localAddress() {
      return link.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return link.remoteAddress();
    }
  }
}
