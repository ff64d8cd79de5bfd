package qwormhole.lws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/**
 * Accepts on one loop and deals the links out to all. The listening socket is our own, and a plain
 * descriptor to the library: its own listeners misread addresses in some versions.
 */
final class LwsListener extends Wsi implements Listener {

  private static final int ACCEPTS_PER_TURN = 64;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Only a loop that hangs, or a handler that blocks it, makes a close wait at all. */
  private static final long CLOSE_MILLIS = 500;

  private final InetSocketAddress address;
  private final SocketOptions options;
  private final Acceptor acceptor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean ending;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  LwsListener(LwsLoop loop, int fd, SocketOptions options, Acceptor acceptor) throws IOException {
    super(loop, fd);
    this.address = Sockets.addresses().local(fd);
    this.options = options;
    this.acceptor = acceptor;
  }

  /** Begins to accept what the kernel has queued since the bind; on the loop. */
  void register() {
    try {
      adopt(Lws.ADOPT_RAW_FILE);
    } catch (IOException e) {
      closed.countDown();
      loop.transport().failed(e);
    }
  }

  @Override
  boolean ready(int reason, long in, int length) {
    SocketAddresses peer = Sockets.addresses();
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
      int accepted =
          LibC.accept4(
              fd, peer.address(), peer.lengthAddress(), LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
      if (accepted >= 0) {
        pauseNanos = FIRST_PAUSE_NANOS;
        admit(accepted, peer);
      } else if (!mayGoOn(LibC.errno())) {
        break;
      }
    }
    return true;
  }

  private boolean mayGoOn(int error) {
    if (error == Errno.EINTR || error == Errno.ECONNABORTED) {
      return true;
    }
    if (error != Errno.EAGAIN) {
      pause();
    }
    return false;
  }

  /**
   * Usually no descriptor is left: the connection stays queued, and the listener ready, so trying
   * on would only burn the processor.
   */
  private void pause() {
    reads(false);
    loop.timers()
        .after(
            pauseNanos,
            () -> {
              if (isWatched()) {
                reads(true);
              }
            });
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  private void admit(int accepted, SocketAddresses peer) {
    InetSocketAddress remote = null;
    LinkHandler handler = null;
    try {
      remote = peer.decode();
      handler = acceptor.accept(remote);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
    if (handler == null) {
      Sockets.resetOnClose(accepted);
      LibC.close(accepted);
      return;
    }
    LwsLoop its = loop.transport().nextLoop();
    LwsAccept accept = new LwsAccept(its, accepted, remote, options, handler);
    // On this loop as well it waits for the turn's end: here we are within a callback.
    if (!its.execute(accept)) {
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
    if (!loop.transport().inAnyLoop()) {
      try {
        if (!closed.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
          freePort();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Ends the listening socket without the loop: another file takes over the descriptor, which the loop
   * closes when it can.
   */
  private synchronized void freePort() {
    if (closed.getCount() > 0) {
      Sockets.replace(fd);
    }
  }

  @Override
  synchronized void closed() {
    if (!ending) {
      closed.countDown();
      loop.transport().failed(new IOException("libwebsockets has closed the listening socket"));
    }
  }

  @Override
  synchronized void end(Throwable cause) {
    ending = true;
    kill();
    closed.countDown(); // not before: the descriptor is closed only now
  }
}
