package qwormhole.java;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * One connected channel. There may be very many, mostly idle: a link has a few fields and no queue.
 * What other threads ask for are bits of {@link #asked}; the link itself is the task that carries
 * them out on the loop, submitted once however many bits are set meanwhile.
 */
final class NioLink implements Link, KeyHandler, Runnable {

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
      ASKED = MethodHandles.lookup().findVarHandle(NioLink.class, "asked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventLoop loop;
  private final SocketChannel channel;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private SelectionKey key;
  private LinkHandler handler; // used on the loop only; null after the end
  private volatile int asked;

  NioLink(EventLoop loop, SocketChannel channel, LinkHandler handler) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.handler = handler;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
  }

  /** Begins to serve the channel; on the loop. */
  void open(SelectionKey registered) {
    key = registered;
    key.attach(this);
    try {
      updateInterest();
      handler.onOpen(this);
    } catch (Throwable thrown) {
      reset(thrown);
    }
  }

  @Override
  public void ready(int readyOps) {
    try {
      if ((readyOps & SelectionKey.OP_WRITE) != 0) {
        writable();
      }
      if ((readyOps & SelectionKey.OP_READ) != 0) {
        read(READS_PER_TURN);
      }
    } catch (Throwable thrown) {
      reset(thrown);
    }
  }

  private void writable() {
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
    ByteBuffer buffer = loop.readBuffer();
    for (int i = 0; i < most && !wants(asked, PAUSED | CLOSE | ABORT); i++) {
      int count;
      try {
        count = channel.read(buffer.clear());
      } catch (IOException e) {
        disconnect(e);
        return;
      }
      if (count < 0) {
        // After a reset that a write was told of, a read is told of an end: that was not orderly.
        if (!wants(asked, WRITE_FAILED)) {
          disconnect(null);
        }
        return;
      }
      if (count > 0) {
        handler.onBytes(buffer.flip());
      }
      if (count < buffer.capacity()) {
        return;
      }
    }
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    try {
      return BoundedWrite.write(channel, buffers, offset, count);
    } catch (IOException e) {
      ASKED.getAndBitwiseOr(this, WRITE_FAILED);
      loop.execute(() -> writeFailed(e));
      throw e;
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
    try {
      channel.shutdownOutput();
    } catch (IOException | RuntimeException e) {
      // The peer has its end already.
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
      updateInterest();
    }
  }

  private void updateInterest() {
    int now = asked;
    int ops =
        (wants(now, PAUSED) ? 0 : SelectionKey.OP_READ)
            | (wants(now, WANT_WRITABLE) ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != ops) {
      key.interestOps(ops);
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

  /** Ends in order, or at once when there is a cause. */
  @Override
  public void end(Throwable cause) {
    if (cause == null) {
      LingeringClose.start(loop, channel, key);
      ended(null);
    } else {
      disconnect(cause);
    }
  }

  private void disconnect(Throwable cause) {
    Sockets.closeQuietly(channel);
    ended(cause);
  }

  private void reset(Throwable cause) {
    Sockets.reset(channel);
    ended(cause);
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
