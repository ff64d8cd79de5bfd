package qwormhole.libsocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/** Accepts on one loop and deals the links out to all. */
final class LibsocketListener extends Watched implements Listener {

  private static final int ACCEPTS_PER_TURN = 64;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Only a loop that hangs, or a handler that blocks it, makes a close wait at all. */
  private static final long CLOSE_MILLIS = 500;

  private final InetSocketAddress address;
  private final SocketOptions options;
  private final Acceptor acceptor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean freed;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  LibsocketListener(EpollLoop loop, int fd, SocketOptions options, Acceptor acceptor)
      throws IOException {
    super(loop, fd);
    this.address = Sockets.addresses().local(fd);
    this.options = options;
    this.acceptor = acceptor;
  }

  /** Begins to accept what the kernel has queued since the bind; on the loop. */
  void register() {
    try {
      watch(LibC.EPOLLIN);
    } catch (IOException e) {
      closeUnwatched();
      loop.transport().failed(e);
    }
  }

  private synchronized void closeUnwatched() {
    Sockets.close(fd);
    closed.countDown();
  }

  @Override
  void ready(int events) {
    for (int i = 0; i < ACCEPTS_PER_TURN && isWatched() && !freed; i++) {
      int accepted = Sockets.accept(fd);
      if (accepted >= 0) {
        pauseNanos = FIRST_PAUSE_NANOS;
        admit(accepted);
      } else if (!mayGoOn(LibC.errno())) {
        return;
      }
    }
  }

  private boolean mayGoOn(int error) {
    if (freed) {
      return false; // it was no socket any more
    }
    switch (error) {
      case Errno.EINTR, Errno.ECONNABORTED -> {
        return true;
      }
      case Errno.EAGAIN -> {}
      case Errno.EBADF, Errno.EINVAL, Errno.ENOTSOCK ->
          loop.transport().failed(Errno.of(error, "the listening socket is gone"));
      default -> pause();
    }
    return false;
  }

  /**
   * Usually no descriptor is left: the connection stays queued, and the listener ready, so trying
   * on would only burn the processor.
   */
  private void pause() {
    listenFor(0);
    loop.timers().after(pauseNanos, () -> listenFor(LibC.EPOLLIN));
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  private void listenFor(int interest) {
    try {
      if (isWatched()) {
        setInterest(interest);
      }
    } catch (IOException e) {
      loop.transport().failed(e);
    }
  }

  private void admit(int accepted) {
    InetSocketAddress remote;
    try {
      remote = Sockets.addresses().remote(accepted);
    } catch (IOException e) {
      Sockets.close(accepted); // the peer is gone, nobody knows who it was
      return;
    }
    LinkHandler handler = null;
    try {
      handler = acceptor.accept(remote);
    } catch (Throwable thrown) {
      Uncaught.report(thrown);
    }
    if (handler == null) {
      Sockets.resetOnClose(accepted);
      Sockets.close(accepted);
      return;
    }
    EpollLoop its = loop.transport().nextLoop();
    LibsocketAccept accept = new LibsocketAccept(its, accepted, remote, options, handler);
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
      freed = true;
      Sockets.replace(fd);
    }
  }

  @Override
  synchronized void end(Throwable cause) {
    kill();
    closed.countDown(); // not before: the descriptor is closed only now
  }
}
