package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Lets one provider fail in one way, for as many times as are left; other providers, and it
 * afterwards, work. Any thread.
 */
final class Unfit implements BiFunction<String, TransportProvider, TransportProvider> {
  static final String BOOM = "boom";

  /** A call of the SPI that throws, and what. */
  enum Way {
    CONSTRUCTION,
    OPEN,
    LISTEN_IO,
    LISTEN_RUNTIME,
    LISTEN_LINKAGE,
    CONNECT_RUNTIME,
    CONNECT_LINKAGE;

    static final List<Way> AT_START = List.of(CONSTRUCTION, OPEN);
    static final List<Way> AT_LISTEN = List.of(LISTEN_IO, LISTEN_RUNTIME, LISTEN_LINKAGE);
    static final List<Way> AT_CONNECT = List.of(CONNECT_RUNTIME, CONNECT_LINKAGE);
  }

  private final String id;
  private final Way way;
  private final AtomicInteger left;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * A provider that fails.
   *
   * @param times how often at first
   */
  Unfit(String id, Way way, int times) {
    this.id = id;
    this.way = way;
    this.left = new AtomicInteger(times);
  }

  /** Lets it fail so many times more. */
  void fail(int times) {
    left.set(times);
  }

  /** How often it has failed. */
  int failures() {
    return failures.get();
  }

  private boolean isNow(Way here) {
    boolean now = way == here && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    if (now) {
      failures.incrementAndGet();
    }
    return now;
  }

  @Override
  public TransportProvider apply(String of, TransportProvider provider) {
    if (!of.equals(id)) {
      return provider;
    }
    if (isNow(Way.CONSTRUCTION)) {
      throw new NoClassDefFoundError(BOOM);
    }
    return new ForwardingProvider(provider) {
      @Override
      public Transport open(TransportContext context) throws IOException {
        if (isNow(Way.OPEN)) {
          throw new UnsatisfiedLinkError(BOOM);
        }
        return new UnfitTransport(super.open(context));
      }
    };
  }

  private final class UnfitTransport implements Transport {
    private final Transport transport;

    UnfitTransport(Transport transport) {
      this.transport = transport;
    }

    @Override
    public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
        throws IOException {
      if (isNow(Way.LISTEN_IO)) {
        throw new IOException(BOOM);
      }
      if (isNow(Way.LISTEN_RUNTIME)) {
        throw new IllegalStateException(BOOM);
      }
      if (isNow(Way.LISTEN_LINKAGE)) {
        throw new NoSuchMethodError(BOOM);
      }
      return transport.listen(address, options, acceptor);
    }

    @Override
    public PendingConnect connect(
        InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
      if (isNow(Way.CONNECT_RUNTIME)) {
        throw new IllegalStateException(BOOM);
      }
      if (isNow(Way.CONNECT_LINKAGE)) {
        throw new NoSuchMethodError(BOOM);
      }
      return transport.connect(remote, options, handler);
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
}
