package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;

/**
 * Opens QWormhole clients on one loop thread, some at a time, and leaves them idle until the next
 * round or {@link #release}.
 */
final class ConnectClient implements Driver {
  private static final ClientListener<ByteBuffer> SILENT = new ClientListener<>() {};

  private final ClientOptions<ByteBuffer> options;
  private final int depth;
  private final AtomicLong ready = new AtomicLong();
  private final Histogram latency = Round.histogram();
  private QWormholeRuntime runtime = new QWormholeRuntime();
  private final String mode;

  ConnectClient(SideSpec spec) throws IOException {
    depth = spec.depth();
    options = Opening.clientOptions(spec);
    try (QWormholeClient<ByteBuffer> probe = client()) {
      mode = probe.mode();
    } catch (IOException e) {
      runtime.close();
      throw e;
    }
  }

  private QWormholeClient<ByteBuffer> client() throws IOException {
    return Opening.open(() -> runtime.client(options, SILENT));
  }

  @Override
  public Round run(long connections) throws IOException {
    latency.reset();
    long before = ready.get();
    Semaphore slots = new Semaphore(depth);
    Completion completion = new Completion();
    completion.expect((int) connections);
    long began = System.nanoTime();
    for (long i = 0; i < connections; i++) {
      take(slots, completion);
      open(slots, completion);
    }
    completion.await(ready::get, "connection");
    long elapsed = System.nanoTime() - began;
    return new Round(elapsed, connections, Counts.right(ready.get() - before, 0), latency, null);
  }

  private static void take(Semaphore slots, Completion completion) throws IOException {
    try {
      if (!slots.tryAcquire(Limits.STALL.toMillis(), TimeUnit.MILLISECONDS)) {
        completion.fail("no connection for %d s".formatted(Limits.STALL.toSeconds()));
        completion.await(() -> 0, "connection");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void open(Semaphore slots, Completion completion) throws IOException {
    QWormholeClient<ByteBuffer> client = client();
    long asked = System.nanoTime();
    var unused =
        client
            .connect()
            .whenComplete(
                (connection, failure) -> {
                  if (failure == null) {
                    synchronized (latency) {
                      Histograms.record(latency, System.nanoTime() - asked);
                    }
                    ready.incrementAndGet();
                    completion.arrive();
                  } else {
                    completion.fail(failure.getMessage());
                  }
                  slots.release();
                });
  }

  @Override
  public void release() {
    runtime.close();
    runtime = new QWormholeRuntime();
  }

  @Override
  public String mode() {
    return mode;
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
  public void close() {
    runtime.close();
  }
}
