package qwormhole.compare;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/** A thread for each connection, which sends and reads. */
final class BlockingClient implements Driver {
  /** What surely fits into the sockets' buffers both ways. */
  private static final int MAX_OUTSTANDING_BYTES = 128 * 1024;

  private final SideSpec spec;
  private final LoadThreads threads;
  private final List<Lane> lanes = new ArrayList<>();

  BlockingClient(SideSpec spec) throws IOException {
    this.spec = spec;
    threads = new LoadThreads(spec.clients());
    for (int i = 0; i < spec.clients(); i++) {
      lanes.add(new Lane(new BlockingLink(new Socket(spec.host(), spec.port()), spec)));
    }
  }

  /** One connection, used by its thread alone. */
  private final class Lane {
    private final BlockingLink link;
    private final Payload payload = new Payload(spec);
    private final Verifier verifier = new Verifier(spec, null);
    private final Histogram latency = Round.histogram();
    private final long[] sentAt = new long[spec.depth()];
    private Counts confirmed = Counts.NONE;

    Lane(BlockingLink link) throws IOException {
      this.link = link;
      link.failWhenSilent();
    }

    Share run(long messages) throws IOException {
      return spec.workload().isEcho() ? echoes(messages) : stream(messages);
    }

    private Share stream(long messages) throws IOException {
      Counts before = confirmed;
      long began = System.nanoTime();
      for (long i = 0; i < messages; i++) {
        link.write(payload.next());
      }
      link.flush();
      confirmed = Counts.read(link.read());
      return new Share(began, System.nanoTime(), messages, confirmed.minus(before), null, null);
    }

    /**
     * Keeps a number outstanding, one for ping-pong; fewer of large ones, since a thread that writes
     * does not read, and both sides would wait for each other.
     */
    private Share echoes(long messages) throws IOException {
      latency.reset();
      Counts before = verifier.counts();
      verifier.expect(messages);
      long sent = 0;
      long returned = 0;
      int depth = Math.max(1, Math.min(sentAt.length, MAX_OUTSTANDING_BYTES / spec.size()));
      long began = System.nanoTime();
      while (returned < messages) {
        for (; sent < messages && sent - returned < depth; sent++) {
          sentAt[(int) (sent % sentAt.length)] = System.nanoTime();
          link.write(payload.next());
        }
        link.flush();
        do {
          var echo = link.read();
          Histograms.record(
              latency, System.nanoTime() - sentAt[(int) (returned++ % sentAt.length)]);
          verifier.accept(echo, 0, echo.limit());
        } while (returned < sent && link.hasMore());
      }
      Counts echoed = verifier.counts().minus(before);
      return new Share(began, System.nanoTime(), messages, echoed, latency, null);
    }
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    lanes.forEach(lane -> tasks.add(() -> lane.run(messages)));
    return threads.run(tasks);
  }

  @Override
  public String mode() {
    return "blocking";
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public Effort effort() {
    return Effort.UNKNOWN;
  }

  @Override
  public void close() throws IOException {
    threads.close();
    for (Lane lane : lanes) {
      lane.link.close();
    }
  }
}
