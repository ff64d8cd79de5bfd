package qwormhole.lws;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * One connected socket. There may be very many, mostly idle: a link has a few fields and no queue.
 * What other threads ask for are bits of {@link #asked}; the link itself is the task that carries
 * them out on the loop, submitted once however many bits are set meanwhile. The library reads and
 * watches; it is never given bytes to write, since it would stop reading until they are gone.
 */
final class LwsLink extends Wsi implements Link, Runnable {

  private static final int PAUSED = 1;
  private static final int WANT_WRITABLE = 2;
  private static final int CLOSE = 4;
  private static final int ABORT = 8;
  private static final int SUBMITTED = 16;

  /** How long a peer that is gone may still be read from: what it said last may say why. */
  private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final VarHandle ASKED;

  static {
    try {
      ASKED = MethodHandles.lookup().findVarHandle(LwsLink.class, "asked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WriteGate gate = new WriteGate();
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private LinkHandler handler; // used on the loop only; null after the end
  private Throwable cause; // why it is being ended, if not in order
  private boolean ending; // by ourselves
  private boolean reading = true;
  private volatile int asked;

  LwsLink(
      LwsLoop loop,
      int fd,
      InetSocketAddress local,
      InetSocketAddress remote,
      LinkHandler handler) {
    super(loop, fd);
    this.local = local;
    this.remote = remote;
    this.handler = handler;
  }

  /** Begins to serve the socket; false when it is to be closed. */
  boolean open() {
    try {
      handler.onOpen(this);
      return true;
    } catch (Throwable thrown) {
      return failed(thrown);
    }
  }

  @Override
  boolean ready(int reason, long in, int length) {
    try {
      int now = asked;
      if (wants(now, CLOSE | ABORT)) {
        return true;
      }
      if (reason == Lws.CALLBACK_RAW_RX) {
        handler.onBytes(loop.received(in, length));
      } else if (wants((int) ASKED.getAndBitwiseAnd(this, ~WANT_WRITABLE), WANT_WRITABLE)) {
        handler.onWritable();
      }
      return true;
    } catch (Throwable thrown) {
      return failed(thrown);
    }
  }

  /** The handler threw: the link ends with a reset. */
  private boolean failed(Throwable thrown) {
    ending = true;
    cause = thrown;
    Sockets.resetOnClose(fd);
    return false;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    gate.enter();
    try {
      return Output.write(fd, buffers, offset, count);
    } catch (IOException e) {
      loop.execute(() -> writeFailed(e));
      throw e;
    } finally {
      gate.leave();
    }
  }

  /** The peer is gone, but what it said last, such as why, may still be unread. */
  private void writeFailed(IOException failure) {
    if (handler == null || cause != null) {
      return;
    }
    cause = failure;
    if (wants(asked, PAUSED)) {
      kill();
    } else {
      loop.timers().after(LAST_WORDS_NANOS, this::kill);
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
      carryOut(PAUSED);
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
        LibC.shutdown(fd, LibC.SHUT_WR);
      } finally {
        gate.leave();
      }
    }
  }

  private void ask(int bit) {
    if (!wants((int) ASKED.getAndBitwiseOr(this, bit), bit)) {
      carryOut(bit);
    }
  }

  /** An end waits for the task, even on the loop: a handler is not called from within itself. */
  private void carryOut(int bit) {
    if (!wants(bit, CLOSE | ABORT) && loop.inLoop()) {
      updateInterest();
    } else if (!wants((int) ASKED.getAndBitwiseOr(this, SUBMITTED), SUBMITTED)) {
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
      Sockets.resetOnClose(fd);
      end(cause, false);
    } else if (wants(now, CLOSE)) {
      end(null, true);
    } else {
      updateInterest();
    }
  }

  /** Tells the library what to watch for; also after a connect, during which it did not read. */
  void updateInterest() {
    if (!isWatched()) {
      return;
    }
    int now = asked;
    boolean read = !wants(now, PAUSED);
    if (read != reading) {
      reading = read;
      reads(read);
    }
    if (wants(now, WANT_WRITABLE)) {
      wantsWritable();
    }
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

  @Override
  void end(Throwable why) {
    end(why, why == null);
  }

  private void end(Throwable why, boolean inOrder) {
    ending = true;
    cause = why;
    gate.shut();
    if (inOrder) {
      LingeringClose.start(this);
      tellEnd();
    } else {
      kill();
    }
  }

  @Override
  void closed() {
    gate.shut();
    if (!ending && cause == null) {
      cause = Sockets.causeOfEnd(fd);
    }
    tellEnd();
  }

  private void tellEnd() {
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
