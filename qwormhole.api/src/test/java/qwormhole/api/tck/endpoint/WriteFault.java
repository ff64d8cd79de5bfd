package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Keeps the transports of one provider from writing, from when it is told to on; all else works, and
 * other providers are left as they are.
 */
final class WriteFault
    implements BiFunction<String, TransportProvider, TransportProvider>, AutoCloseable {

  /** How writes fail. */
  enum Kind {
    /** They do not return before the end. */
    HANGS,
    /** They throw what is no connection's error. */
    THROWS,
    /** They take nothing, although the socket is writable and says so. */
    TAKES_NOTHING
  }

  private final String id;
  private final Kind kind;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean struck;

  /** A fault of the transports that the provider of this id opens. */
  WriteFault(String id, Kind kind) {
    this.id = id;
    this.kind = kind;
  }

  @Override
  public TransportProvider apply(String its, TransportProvider provider) {
    return !its.equals(id)
        ? provider
        : new ForwardingProvider(provider) {
          @Override
          public Transport open(TransportContext context) throws IOException {
            return new FaultyTransport(super.open(context));
          }
        };
  }

  /** Writes fail from now on. */
  void strike() {
    struck = true;
  }

  /** Those that hang return. */
  @Override
  public void close() {
    over.countDown();
  }

  private final class FaultyTransport implements Transport {
    private final Transport transport;

    FaultyTransport(Transport transport) {
      this.transport = transport;
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
      handler.onBytes(bytes);
    }

    @Override
    public void onWritable() {
      handler.onWritable();
    }

    @Override
    public void onClosed(Throwable why) {
      handler.onClosed(why);
    }
  }

  private final class FaultyLink extends ForwardingLink {
    FaultyLink(Link link) {
      super(link);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
      if (struck) {
        switch (kind) {
          case HANGS -> hang();
          case THROWS -> throw new IllegalStateException("injected fault of a write");
          case TAKES_NOTHING -> {
            return 0;
          }
        }
      }
      return super.write(buffers, offset, count);
    }

    private void hang() {
      try {
        if (!over.await(Deadline.LONG.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("waited " + Deadline.LONG + " in vain");
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
