package qwormhole.compare;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Verifier;

/** Accepts on one thread, and reads each connection on its own. */
final class BlockingServer implements Sink {
  private final SideSpec spec;
  private final ServerSocket listener;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  BlockingServer(SideSpec spec) throws IOException {
    this.spec = spec;
    listener = new ServerSocket(spec.port(), 1024, InetAddress.getByName(spec.host()));
    start(this::accept, "blocking-accept");
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Peer peer = new Peer(new BlockingLink(socket, spec));
        peers.add(peer);
        start(peer::serve, "blocking-peer");
      }
    } catch (SocketException e) {
      // Closed: that is how it is told to end.
      return;
    } catch (IOException e) {
      System.err.println("blocking server: " + e.getMessage());
    }
  }

  /** One connection; all but its verifier's target belongs to its thread. */
  private final class Peer {
    private final BlockingLink link;
    private final Histogram histogram = spec.sampleEvery() > 0 ? Round.histogram() : null;
    private final Verifier verifier = new Verifier(spec, histogram);
    private final ByteBuffer confirmation = ByteBuffer.allocate(Counts.SIZE);

    Peer(BlockingLink link) {
      this.link = link;
    }

    void serve() {
      try (link) {
        while (true) {
          ByteBuffer frame = link.read();
          boolean last = verifier.accept(frame, 0, frame.limit());
          if (spec.workload().isEcho()) {
            link.write(frame);
          } else if (last) {
            verifier.counts().write(confirmation.clear());
            link.write(confirmation.flip());
          }
          if (last || !link.hasMore()) {
            link.flush();
          }
        }
      } catch (EOFException | SocketException e) {
        // The client is done, or this side was closed.
        peers.remove(this);
      } catch (IOException e) {
        System.err.println("blocking server: " + e.getMessage());
      }
    }
  }

  @Override
  public String mode() {
    return "blocking";
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void expect(long messages, Duration patience) throws IOException {
    Arrivals.await(peers::size, spec.clients(), patience);
    for (Peer peer : peers) {
      if (peer.histogram != null) {
        peer.histogram.reset();
      }
      peer.verifier.expect(messages);
    }
  }

  @Override
  public Counts counts() {
    return peers.stream().map(peer -> peer.verifier.counts()).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Effort effort() {
    return Effort.UNKNOWN;
  }

  @Override
  public Histogram oneWay() {
    if (spec.sampleEvery() == 0) {
      return null;
    }
    Histogram sum = Round.histogram();
    peers.forEach(peer -> sum.add(peer.histogram));
    return sum;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Peer peer : peers) {
      peer.link.close();
    }
  }
}
