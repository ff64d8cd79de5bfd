package qwormhole.java;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** A fixed number of loops; listeners live on the first, links on all in turn. */
final class JavaTransport implements Transport {

  private final TransportContext context;
  private final EventLoop[] loops;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private JavaTransport(TransportContext context) {
    this.context = context;
    this.loops = new EventLoop[context.loops()];
  }

  static JavaTransport open(TransportContext context) throws IOException {
    JavaTransport transport = new JavaTransport(context);
    boolean opened = false;
    try {
      transport.startLoops();
      opened = true;
      return transport;
    } finally {
      if (!opened) {
        transport.close(Duration.ZERO);
      }
    }
  }

  private void startLoops() throws IOException {
    for (int i = 0; i < loops.length; i++) {
      EventLoop loop = new EventLoop(this, context.readBufferBytes());
      try {
        Thread thread = context.threads().newThread(loop);
        if (thread == null) {
          throw new IOException("the thread factory made no thread");
        }
        loop.startOn(thread);
      } catch (IOException | RuntimeException | Error e) {
        loop.abandon();
        throw e;
      }
      loops[i] = loop;
    }
  }

  @Override
  public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
      throws IOException {
    ServerSocketChannel channel = Sockets.listen(address, options);
    NioListener listener = new NioListener(this, loops[0], channel, options, acceptor);
    if (!loops[0].execute(listener::register)) {
      channel.close();
      throw new IOException("the transport is closed");
    }
    return listener;
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    EventLoop loop = nextLoop();
    NioConnect connect = new NioConnect(loop, remote, options, handler);
    if (!loop.execute(connect)) {
      connect.fail(new IOException("the transport is closed"));
    }
    return connect;
  }

  EventLoop nextLoop() {
    return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
  }

  boolean inAnyLoop() {
    return started().anyMatch(EventLoop::inLoop);
  }

  /** Why the transport died, or null. */
  Throwable failure() {
    return failure.get();
  }

  /** One loop has died, and with it the transport. */
  void failed(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      try {
        context.onFailure().accept(cause);
      } catch (Throwable thrown) {
        Uncaught.report(thrown);
      }
      started().forEach(loop -> loop.stop(System.nanoTime()));
    }
  }

  @Override
  public List<Loop> loops() {
    return Stream.of(loops).map(loop -> new Loop(loop.thread(), loop::execute)).toList();
  }

  @Override
  public void close(Duration grace) {
    long now = System.nanoTime();
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(grace)); // saturates
    long lingering = Math.min(nanos / 2, LingeringClose.NANOS);
    started().forEach(loop -> loop.stop(now + lingering));
    if (!inAnyLoop()) {
      awaitEnd(now, nanos);
    }
  }

  private void awaitEnd(long since, long nanos) {
    try {
      for (EventLoop loop : loops) {
        long left = nanos - (System.nanoTime() - since);
        if (loop != null && left > 0) {
          TimeUnit.NANOSECONDS.timedJoin(loop.thread(), left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All loops, but for a transport that failed to open. */
  private Stream<EventLoop> started() {
    return Stream.of(loops).filter(loop -> loop != null);
  }
}
