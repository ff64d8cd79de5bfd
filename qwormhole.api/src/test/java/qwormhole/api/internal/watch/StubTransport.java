package qwormhole.api.internal.watch;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A transport with one loop and no sockets, which hangs when it is told to. */
final class StubTransport implements Transport {
  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private final ScheduledThreadPoolExecutor loop =
      new ScheduledThreadPoolExecutor(1, task -> new WatchedThread(task, "stub-loop"));
  private final CountDownLatch released = new CountDownLatch(1);

  final ConcurrentLinkedQueue<StubLink> links = new ConcurrentLinkedQueue<>();

  StubTransport() {
    onLoop(() -> thread.set(Thread.currentThread()));
  }

  /** Runs something as the provider does, and waits for it. */
  void onLoop(Runnable event) {
    CompletableFuture.runAsync(event, loop).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Runs something as the provider does, some time. */
  void later(Runnable event) {
    if (!loop.isShutdown()) {
      loop.execute(event);
    }
  }

  /** Blocks the loop in code of the provider's, until {@link #wake}. */
  void hang() {
    CountDownLatch hanging = new CountDownLatch(1);
    loop.execute(
        () -> {
          hanging.countDown();
          await(released);
        });
    await(hanging);
  }

  void wake() {
    released.countDown();
    if (!loop.isShutdown()) {
      onLoop(() -> {});
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop(thread.get(), this::later));
  }

  @Override
  public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor) {
    throw new UnsupportedOperationException();
  }

  /** Opens at once, on the loop. */
  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    loop.execute(
        () -> {
          StubLink link = new StubLink(handler);
          links.add(link);
          handler.onOpen(link);
        });
    return () -> {};
  }

  @Override
  public void close(Duration grace) {
    loop.shutdown();
    try {
      loop.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends with a handler's close, from within. */
  final class StubLink implements Link {
    final LinkHandler handler;
    volatile boolean severed;
    volatile boolean aborted;

    /** What a write does. */
    volatile LongSupplier onWrite = () -> 0;

    StubLink(LinkHandler handler) {
      this.handler = handler;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) {
      return onWrite.getAsLong();
    }

    @Override
    public void close() {
      handler.onClosed(null);
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public void sever() {
      severed = true;
    }

    @Override
    public void wantWritable() {}

    @Override
    public void execute(Runnable task) {
      throw new AssertionError("tasks of the core wait with the core");
    }

    @Override
    public boolean inLoop() {
      return Thread.currentThread() == thread.get();
    }

    @Override
    public void pauseReads() {}

    @Override
    public void resumeReads() {}

    @Override
    public InetSocketAddress localAddress() {
      return null;
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return null;
    }
  }
}
