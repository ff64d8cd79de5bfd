package qwormhole.java;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/** Accepts on one loop and deals the links out to all. */
final class NioListener implements Listener, KeyHandler {

  private static final int ACCEPTS_PER_TURN = 64;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Only a loop that hangs, or a handler that blocks it, makes a close wait at all. */
  private static final long CLOSE_MILLIS = 500;

  private static final long LONGEST_CLOSE_MILLIS = 2000;

  private final JavaTransport transport;
  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final SocketOptions options;
  private final Acceptor acceptor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private SelectionKey key;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  NioListener(
      JavaTransport transport,
      EventLoop loop,
      ServerSocketChannel channel,
      SocketOptions options,
      Acceptor acceptor)
      throws IOException {
    this.transport = transport;
    this.loop = loop;
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getLocalAddress();
    this.options = options;
    this.acceptor = acceptor;
  }

  /** Begins to accept what the kernel has queued since the bind; on the loop. */
  void register() {
    try {
      key = channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      throw new IllegalStateException("a new listener was closed by somebody else", e);
    }
  }

  @Override
  public void ready(int readyOps) {
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (IOException e) {
        pause();
        return;
      }
      if (accepted == null) {
        return;
      }
      pauseNanos = FIRST_PAUSE_NANOS;
      admit(accepted);
    }
  }

  /**
   * Usually no descriptor is left: the connection stays queued, and the listener ready, so trying
   * on would only burn the processor.
   */
  private void pause() {
    listenFor(0);
    loop.timers().after(pauseNanos, () -> listenFor(SelectionKey.OP_ACCEPT));
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  private void listenFor(int ops) {
    try {
      key.interestOps(ops);
    } catch (CancelledKeyException e) {
      // It was closed, perhaps by another thread that did not want to wait.
    }
  }

  private void admit(SocketChannel accepted) {
    LinkHandler handler = null;
    try {
      handler = acceptor.accept((InetSocketAddress) accepted.getRemoteAddress());
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
    if (handler == null) {
      Sockets.reset(accepted);
      return;
    }
    EventLoop its = transport.nextLoop();
    NioAccept accept = new NioAccept(its, accepted, options, handler);
    if (its == loop) {
      accept.run();
    } else if (!its.execute(accept)) {
      accept.fail(new IOException("the transport is closed"));
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    loop.execute(() -> end(null));
    if (!transport.inAnyLoop()) {
      try {
        if (!closed.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS) && !freePort()) {
          closed.await(LONGEST_CLOSE_MILLIS - CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does without the loop what the loop will do again when it can. */
  private boolean freePort() {
    Sockets.closeQuietly(channel);
    try {
      return loop.releaseClosedForIt();
    } catch (IOException | ClosedSelectorException e) {
      return true; // the loop has met it as well, and ends
    }
  }

  @Override
  public void end(Throwable cause) {
    Sockets.closeQuietly(channel);
    try {
      loop.releaseClosed();
    } catch (IOException e) {
      // A selector that fails: the loop's next turn meets it too, and reports it.
    } finally {
      closed.countDown();
    }
  }
}
