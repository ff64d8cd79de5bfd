package qwormhole.bench.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;

/** The bare server: one thread, one selector, for all connections. */
public final class BareServer implements Sink {
  private final SideSpec spec;
  private final Histogram oneWay;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final List<BarePeer> peers = new CopyOnWriteArrayList<>();
  private final int port;

  /** Listens as the spec says and starts the thread. */
  public BareServer(SideSpec spec) throws IOException {
    this.spec = spec;
    this.oneWay = spec.sampleEvery() > 0 ? Round.histogram() : null;
    listener.bind(new InetSocketAddress(spec.host(), spec.port()), 1024);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    Thread thread = new Thread(this::loop, "bare-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void loop() {
    Consumer<SelectionKey> action = this::serve;
    try {
      while (selector.isOpen()) {
        selector.select(action);
      }
    } catch (ClosedSelectorException e) {
      // That is how it is told to end.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.attachment() instanceof BarePeer peer) {
        if (peer.read() < 0) {
          key.channel().close();
        }
      } else {
        accept();
      }
    } catch (IOException e) {
      System.err.println("bare server: " + e.getMessage());
      key.cancel();
      closeQuietly(key);
    }
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      System.err.println("bare server: " + e.getMessage());
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = listener.accept();
    if (channel == null) {
      return;
    }
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    BarePeer peer = new BarePeer(channel, spec, oneWay);
    channel.register(selector, SelectionKey.OP_READ, peer);
    peers.add(peer);
  }

  @Override
  public String mode() {
    return "bare";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void expect(long messages, Duration patience) throws IOException {
    Arrivals.await(peers::size, spec.clients(), patience);
    if (oneWay != null) {
      oneWay.reset();
    }
    peers.forEach(peer -> peer.verifier().expect(messages));
  }

  @Override
  public Counts counts() {
    return peers.stream().map(peer -> peer.verifier().counts()).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Effort effort() {
    return Effort.UNKNOWN;
  }

  @Override
  public Histogram oneWay() {
    return oneWay;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.close();
  }
}
