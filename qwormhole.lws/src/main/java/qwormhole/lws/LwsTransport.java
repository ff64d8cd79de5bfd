package qwormhole.lws;

import java.io.IOException;
import java.net.InetSocketAddress;
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
final class LwsTransport implements Transport {

  private final TransportContext context;
  private final LwsLoop[] loops;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private LwsTransport(TransportContext context) {
    this.context = context;
    this.loops = new LwsLoop[context.loops()];
  }

  static LwsTransport open(LwsLibrary library, TransportContext context) throws IOException {
    LwsTransport transport = new LwsTransport(context);
    boolean opened = false;
    try {
      transport.startLoops(library);
      opened = true;
      return transport;
    } finally {
      if (!opened) {
        transport.close(Duration.ZERO);
      }
    }
  }

  private void startLoops(LwsLibrary library) throws IOException {
    for (int i = 0; i < loops.length; i++) {
      LwsLoop loop = new LwsLoop(this, library, context.readBufferBytes());
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
    int fd = Sockets.listen(address, options);
    LwsListener listener;
    try {
      listener = new LwsListener(loops[0], fd, options, acceptor);
    } catch (IOException e) {
      LibC.close(fd);
      throw e;
    }
    if (!loops[0].execute(listener::register)) {
      LibC.close(fd);
      throw new IOException("the transport is closed");
    }
    return listener;
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    LwsLoop loop = nextLoop();
    LwsConnect connect = new LwsConnect(loop, remote, options, handler);
    if (!loop.execute(connect)) {
      connect.fail(new IOException("the transport is closed"));
    }
    return connect;
  }

  LwsLoop nextLoop() {
    return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
  }

  boolean inAnyLoop() {
    return started().anyMatch(LwsLoop::inLoop);
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
      for (LwsLoop loop : loops) {
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
  private Stream<LwsLoop> started() {
    return Stream.of(loops).filter(loop -> loop != null);
  }
}
