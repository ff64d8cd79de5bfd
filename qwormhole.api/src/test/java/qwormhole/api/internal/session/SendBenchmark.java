package qwormhole.api.internal.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.spi.Link;

/**
 * The way of a message from {@code send} to the link's write call, as a stream takes it. The link
 * swallows everything, so that no system call is in it; its loop is a thread as with any provider.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SendBenchmark {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Param({"64", "1024"})
  private int size;

  private Swallow link;
  private SystemTimers timers;
  private StreamGuard guard;
  private Outbound outbound;

  /** A sender's message. */
  @State(Scope.Thread)
  public static class Message {
    private ByteBuffer payload;

    /** Makes it. */
    @Setup
    public void setUp(SendBenchmark benchmark) {
      payload = ByteBuffer.allocateDirect(benchmark.size);
    }
  }

  /** Opens a link. */
  @Setup(Level.Trial)
  public void setUp() {
    link = new Swallow();
    timers = new SystemTimers(EngineThread.factory("benchmark"), Throwable::printStackTrace);
    guard = new StreamGuard(EngineThread.factory("guard"));
    SessionLimits limits = new SessionLimits(true, 4 << 20, 16 << 20, 8 << 20);
    SegmentPool pool = new SegmentPool(64 << 20);
    outbound = new Outbound(link, timers, pool, guard, new Quiet(), limits, null);
  }

  /** Ends its threads. */
  @TearDown(Level.Trial)
  public void tearDown() {
    outbound.close();
    guard.close();
    timers.close();
    link.close();
  }

  /** One application thread. */
  @Benchmark
  public SendResult oneSender(Message message) {
    return outbound.offer(message.payload, 0, PATIENCE_NANOS);
  }

  /** Two that share the link. */
  @Benchmark
  @Threads(2)
  public SendResult twoSenders(Message message) {
    return outbound.offer(message.payload, 0, PATIENCE_NANOS);
  }

  /** Nothing is to be told but a failure. */
  private static final class Quiet implements OutboundEvents {
    @Override
    public void onBackpressure() {}

    @Override
    public void onDrain() {}

    @Override
    public void onRoom() {}

    @Override
    public void onFinished() {}

    @Override
    public void onWriteFailed(IOException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Takes all bytes at once and forgets them. */
  private static final class Swallow implements Link {
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private volatile Thread thread;

    Swallow() {
      loop.execute(() -> thread = Thread.currentThread());
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
      long taken = 0;
      for (int i = offset; i < offset + count; i++) {
        taken += buffers[i].remaining();
        buffers[i].position(buffers[i].limit());
      }
      return taken;
    }

    @Override
    public void wantWritable() {
      throw new IllegalStateException("it is never full");
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public boolean inLoop() {
      return Thread.currentThread().equals(thread);
    }

    @Override
    public void pauseReads() {}

    @Override
    public void resumeReads() {}

    @Override
    public void close() {
      loop.shutdown();
    }

    @Override
    public void abort() {
      close();
    }

    @Override
    public InetSocketAddress localAddress() {
      return InetSocketAddress.createUnresolved("local", 1);
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("remote", 2);
    }
  }
}
