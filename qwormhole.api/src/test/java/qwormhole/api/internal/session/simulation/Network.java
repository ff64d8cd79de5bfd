package qwormhole.api.internal.session.simulation;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** A provider whose transports reach each other, as well as the weather lets them. */
final class Network implements TransportProvider {
  static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  /** What the network does with connects. */
  enum Weather {
    FAIR,
    CONNECTS_FAIL,
    CONNECTS_HANG
  }

  Weather weather = Weather.FAIR;

  /** Whether what a client says over one link may come after what it says over the next. */
  boolean overtaking;

  private final World world;
  private final List<SimulatedLink> links = new ArrayList<>();
  private final List<Station> stations = new ArrayList<>();
  private SimulatedLink lastOfClient;
  private SimulatedLoop listening;
  private Acceptor acceptor;

  Network(World world) {
    this.world = world;
  }

  /** Cuts one of the links that are open; false when none is. */
  boolean cutOne() {
    links.removeIf(SimulatedLink::isEnded);
    List<SimulatedLink> open = links.stream().filter(SimulatedLink::isOpen).toList();
    if (!open.isEmpty()) {
      open.get(world.random.nextInt(open.size())).cut();
    }
    return !open.isEmpty();
  }

  /** All links end at once, at both ends. */
  void loseAll() {
    List.copyOf(links).forEach(SimulatedLink::lose);
  }

  /** A transport dies, and says so; some of its links end before that. */
  void killOne() {
    List<Station> open = stations.stream().filter(station -> !station.closed).toList();
    if (!open.isEmpty()) {
      open.get(world.random.nextInt(open.size())).die();
    }
  }

  /** The process of the server is killed: its links end without a word of its, and nobody listens. */
  void killServer() {
    acceptor = null;
    for (SimulatedLink link : List.copyOf(links)) {
      if (link.isOf(listening)) {
        link.lose();
      }
    }
  }

  /** How many ends of links have not ended. */
  int openLinks() {
    links.removeIf(SimulatedLink::isEnded);
    return links.size();
  }

  void describe(StringBuilder text) {
    links.forEach(link -> text.append("\n  ").append(link));
  }

  /** Somebody who listened says once more what the client said first over its last link. */
  void repeatLastGreeting() {
    if (lastOfClient == null || acceptor == null) {
      return;
    }
    ByteBuffer said = ByteBuffer.wrap(lastOfClient.said.toByteArray());
    if (said.remaining() < 4 || said.getInt(0) + 4 > said.remaining()) {
      return;
    }
    new Connect(new SimulatedLoop(world), new Parrot(world, said.limit(said.getInt(0) + 4)));
  }

  /** A connect, from its beginning to its end. */
  private final class Connect implements Transport.PendingConnect {
    private final SimulatedLoop loop;
    private final SimulatedLink link;
    private final Pipe in = new Pipe(capacity());
    private final Pipe out = new Pipe(capacity());

    Connect(SimulatedLoop loop, LinkHandler handler) {
      this.loop = loop;
      this.link = new SimulatedLink(loop, handler, in, out);
      world.soon(this::decide);
    }

    private int capacity() {
      return 1 << (8 + world.random.nextInt(11));
    }

    private void decide() {
      if (link.isEnded() || (weather == Weather.CONNECTS_HANG && !world.chance(20))) {
        return;
      }
      boolean fails = weather == Weather.CONNECTS_FAIL && !world.chance(20);
      if (fails || acceptor == null) {
        link.leave(new ConnectException("connection refused"));
        return;
      }
      LinkHandler[] accepted = new LinkHandler[1];
      listening.run(() -> accepted[0] = acceptor.accept(ADDRESS));
      if (accepted[0] == null) {
        link.leave(new ConnectException("refused by the acceptor"));
        return;
      }
      SimulatedLink other = new SimulatedLink(listening, accepted[0], out, in);
      links.add(other);
      SimulatedLink.pair(link, other);
      lastOfClient = links.contains(link) ? link : lastOfClient;
      if (overtaking && world.chance(10)) {
        world.after(world.random.nextInt(1_500_000_000), other::open);
      } else {
        world.soon(other::open);
      }
      world.soon(link::open);
    }

    @Override
    public void cancel() {
      loop.execute(
          () -> {
            if (!link.isEnded() && !link.isOpen()) {
              link.leave(new ConnectException("cancelled"));
            }
          });
    }
  }

  /** A transport with one loop. */
  private final class Station implements Transport {
    private final SimulatedLoop loop = new SimulatedLoop(world);
    private final TransportContext context;
    private boolean closed;

    Station(TransportContext context) {
      this.context = context;
      stations.add(this);
    }

    void die() {
      for (SimulatedLink link : List.copyOf(links)) {
        if (link.isOf(loop) && world.chance(50)) {
          link.lose();
        }
      }
      if (listening == loop) {
        acceptor = null;
      }
      closed = true;
      context.onFailure().accept(new IOException("the transport died"));
    }

    @Override
    public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor asked)
        throws BindException {
      if (acceptor != null) {
        throw new BindException("address in use");
      }
      acceptor = asked;
      listening = loop;
      return new Listener() {
        @Override
        public InetSocketAddress address() {
          return ADDRESS;
        }

        @Override
        public void close() {
          if (acceptor == asked) {
            acceptor = null;
          }
        }
      };
    }

    @Override
    public PendingConnect connect(
        InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
      Connect connect = new Connect(loop, handler);
      links.add(connect.link);
      return connect;
    }

    @Override
    public void close(Duration grace) {
      closed = true;
      stations.remove(this);
      for (SimulatedLink link : List.copyOf(links)) {
        if (link.isOf(loop)) {
          link.leave(null);
        }
      }
      loop.end();
    }
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("simulated");
  }

  @Override
  public Transport open(TransportContext context) {
    return new Station(context);
  }
}
