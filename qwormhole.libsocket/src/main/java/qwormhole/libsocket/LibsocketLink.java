package qwormhole.libsocket;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * One connected socket. There may be very many, mostly idle: a link has a few fields and no queue.
 * What other threads ask for are bits of {@link #asked}; the link itself is the task that carries
 * them out on the loop, submitted once however many bits are set meanwhile.
 */
final class LibsocketLink extends Watched implements Link, Runnable {

  /** Reads of one link in a turn, so that a fast peer cannot keep the loop from the others. */
  private static final int READS_PER_TURN = 4;

  /** Reads after a write has failed: all that a receive buffer of usual size may hold. */
  private static final int LAST_READS = 256;

  private static final int PAUSED = 1;
  private static final int WANT_WRITABLE = 2;
  private static final int CLOSE = 4;
  private static final int ABORT = 8;
  private static final int SUBMITTED = 16;
  private static final int WRITE_FAILED = 32;

  private static final VarHandle ASKED;

  static {
    try {
      ASKED = MethodHandles.lookup().findVarHandle(LibsocketLink.class, "asked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WriteGate gate = new WriteGate();
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private LinkHandler handler; // used on the loop only; null after the end
  private volatile int asked;

  LibsocketLink(
      EpollLoop loop,
      int fd,
      InetSocketAddress local,
      InetSocketAddress remote,
      LinkHandler handler) {
    super(loop, fd);
    this.local = local;
    this.remote = remote;
    this.handler = handler;
  }

  /** Begins to serve the socket; on the loop. */
  void open() {
    try {
      updateInterest();
      handler.onOpen(this);
    } catch (Throwable thrown) {
      reset(thrown);
    }
  }

  @Override
  void ready(int events) {
    try {
      if ((events & ~LibC.EPOLLIN) != 0) {
        writable(); // also when it has failed: a write is told why
      }
      if ((events & ~LibC.EPOLLOUT) != 0 && handler != null) {
        read(READS_PER_TURN);
      }
    } catch (Throwable thrown) {
      reset(thrown);
    }
  }

  private void writable() throws IOException {
    int before = (int) ASKED.getAndBitwiseAnd(this, ~WANT_WRITABLE);
    updateInterest();
    if (wants(before, WANT_WRITABLE) && !wants(before, CLOSE | ABORT)) {
      handler.onWritable();
    }
  }

  /**
   * Hands over what has arrived: at most so many buffers, and none after one that came half full.
   */
  private void read(int most) {
    ByteBuffer buffer = loop.input();
    for (int i = 0; i < most && !wants(asked, PAUSED | CLOSE | ABORT); i++) {
      long count = LibC.recv(fd, loop.inputAddress(), buffer.capacity(), LibC.MSG_DONTWAIT);
      if (count < 0) {
        int error = LibC.errno();
        if (error != Errno.EAGAIN && error != Errno.EINTR) {
          disconnect(Errno.of(error, "the connection has failed"));
        }
        return;
      }
      if (count == 0) {
        // After a reset that a write was told of, a read is told of an end: that was not orderly.
        if (!wants(asked, WRITE_FAILED)) {
          disconnect(null);
        }
        return;
      }
      handler.onBytes(buffer.limit((int) count).position(0));
      if (count < buffer.capacity()) {
        return;
      }
    }
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    gate.enter();
    try {
      return Output.write(fd, buffers, offset, count);
    } catch (IOException e) {
      ASKED.getAndBitwiseOr(this, WRITE_FAILED);
      loop.execute(() -> writeFailed(e));
      throw e;
    } finally {
      gate.leave();
    }
  }

  /** The peer is gone, but what it said last, such as why, may still be unread. */
  private void writeFailed(IOException cause) {
    if (handler != null) {
      try {
        read(LAST_READS);
      } catch (Throwable thrown) {
        reset(thrown);
      }
      disconnect(cause);
    }
  }

  @Override
  public void wantWritable() {
    ask(WANT_WRITABLE);
  }

  @Override
  public void pauseReads() {
    ask(PAUSED);
  }

  @Override
  public void resumeReads() {
    if (wants((int) ASKED.getAndBitwiseAnd(this, ~PAUSED), PAUSED)) {
      carryOut();
    }
  }

  @Override
  public void close() {
    ask(CLOSE);
  }

  @Override
  public void abort() {
    ask(ABORT);
  }

  @Override
  public void sever() {
    if (gate.tryEnter()) {
      try {
        Libsocket.shutdown_inet_stream_socket(fd, Libsocket.WRITE);
      } finally {
        gate.leave();
      }
    }
  }

  private void ask(int bit) {
    if (!wants((int) ASKED.getAndBitwiseOr(this, bit), bit)) {
      carryOut();
    }
  }

  /** Even on the loop it waits for the task: a handler is not called from within itself. */
  private void carryOut() {
    if (!wants((int) ASKED.getAndBitwiseOr(this, SUBMITTED), SUBMITTED)) {
      loop.execute(this);
    }
  }

  /** Carries out what was asked for; on the loop. */
  @Override
  public void run() {
    int now = (int) ASKED.getAndBitwiseAnd(this, ~SUBMITTED);
    if (handler == null) {
      return;
    }
    if (wants(now, ABORT)) {
      reset(null);
    } else if (wants(now, CLOSE)) {
      end(null);
    } else {
      try {
        updateInterest();
      } catch (IOException e) {
        disconnect(e);
      }
    }
  }

  private void updateInterest() throws IOException {
    int now = asked;
    setInterest(
        (wants(now, PAUSED) ? 0 : LibC.EPOLLIN) | (wants(now, WANT_WRITABLE) ? LibC.EPOLLOUT : 0));
  }

  private static boolean wants(int asked, int bits) {
    return (asked & bits) != 0;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean inLoop() {
    return loop.inLoop();
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  /** Ends in order, or at once when there is a cause. */
  @Override
  void end(Throwable cause) {
    if (cause != null) {
      disconnect(cause);
      return;
    }
    gate.shut();
    LingeringClose.start(this);
    ended(null);
  }

  private void disconnect(Throwable cause) {
    gate.shut();
    kill();
    ended(cause);
  }

  private void reset(Throwable cause) {
    if (isWatched()) {
      Sockets.resetOnClose(fd);
    }
    disconnect(cause);
  }

  private void ended(Throwable cause) {
    LinkHandler told = handler;
    handler = null;
    if (told != null) {
      try {
        told.onClosed(cause);
      } catch (Throwable thrown) {
        Uncaught.report(thrown);
      }
    }
  }
}
