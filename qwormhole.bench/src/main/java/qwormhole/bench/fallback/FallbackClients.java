package qwormhole.bench.fallback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Limits;

/** Clients on one loop thread that survive the loss of their server's, or their own, transport. */
public final class FallbackClients implements Mortal {
  private final Fault fault;
  private final Diary diary = new Diary("client");
  private final Pulse pulse = new Pulse();
  private final QWormholeRuntime runtime;
  private final List<Survivor> survivors = new ArrayList<>();
  private final List<QWormholeClient<ByteBuffer>> clients = new ArrayList<>();
  private final CountDownLatch back;

  /**
   * Connects all.
   *
   * @param provider what they begin with; another may take over
   * @param resume whether their sessions can be resumed
   * @throws IOException when one cannot connect, or not with this provider
   */
  public FallbackClients(String provider, int port, int count, int size, int depth, boolean resume)
      throws IOException {
    fault = new Fault(provider);
    back = new CountDownLatch(count);
    runtime = new QWormholeRuntime(builder -> {}, fault);
    ClientOptions<ByteBuffer> options =
        ClientOptions.builder(Codec.bytes())
            .port(port)
            .preferredBackend(provider)
            .resumable(resume)
            .telemetry(diary)
            .build();
    try {
      for (int i = 0; i < count; i++) {
        connect(new Survivor(i, size, depth, pulse, back::countDown), options);
      }
      Mortal.checkBegan(provider, mode(), clients.get(0).report());
    } catch (QWormholeException e) {
      runtime.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      runtime.close();
      throw e;
    }
  }

  private void connect(Survivor survivor, ClientOptions<ByteBuffer> options) throws IOException {
    QWormholeClient<ByteBuffer> client = runtime.client(options, survivor);
    survivors.add(survivor);
    clients.add(client);
    try {
      client.connect().get(Limits.OPEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a client could not connect: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Begins to send. */
  public void start() {
    survivors.forEach(Survivor::start);
  }

  /**
   * Waits until every client had an echo after its loss.
   *
   * @throws IOException when some do not come back in time
   */
  public void awaitBack(Duration patience) throws IOException {
    try {
      if (!back.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "%d of %d clients did not come back within %d s"
                .formatted(back.getCount(), survivors.size(), patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Stops sending, waits for what is under way, and tells what became of all. */
  public Account finish() throws IOException {
    survivors.forEach(Survivor::stop);
    try {
      Arrivals.awaitNone(this::busy, Limits.STALL);
    } catch (IOException e) {
      // What did not come back is in the account.
      System.err.println("client: messages are still under way after " + Limits.STALL);
    }
    return survivors.stream().map(Survivor::account).reduce(FallbackClients::sum).orElseThrow();
  }

  private int busy() {
    return (int) survivors.stream().filter(survivor -> !survivor.isIdle()).count();
  }

  private static Account sum(Account one, Account other) {
    return new Account(
        one.sent() + other.sent(),
        one.echoed() + other.echoed(),
        one.unknown() + other.unknown(),
        one.left() + other.left(),
        one.strange() + other.strange(),
        earlier(one.firstBackAt(), other.firstBackAt()),
        Math.max(one.lastBackAt(), other.lastBackAt()),
        one.back() + other.back());
  }

  private static long earlier(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  /** When the first bucket began. */
  public long origin() {
    return pulse.origin();
  }

  /** Echoes in each bucket of {@link #bucketMillis}. */
  public long[] echoes() {
    return pulse.echoes();
  }

  /** Clients that were ready at the end of each bucket. */
  public int[] ready() {
    return pulse.ready();
  }

  /** The width of a bucket. */
  public static int bucketMillis() {
    return (int) (Pulse.BUCKET_NANOS / 1_000_000);
  }

  @Override
  public long strike() {
    return fault.strike();
  }

  @Override
  public String mode() {
    return clients.get(0).mode();
  }

  @Override
  public List<Happening> happenings() {
    return diary.happenings();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
