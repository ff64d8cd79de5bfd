package qwormhole.api.internal.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.spi.Link;

/**
 * The link that a session writes to. What is encrypted and not yet with the kernel waits here: at most
 * one buffer, and nothing more is encrypted before it is gone. A lock guards it, since whoever has the
 * session's turn writes messages, and the loop what TLS itself has to say. Nobody waits for the lock,
 * whose holder may be in a write that does not return: who finds it taken leaves word of what is to be
 * done, and the holder does that before it lets go.
 */
final class TlsLink implements Link {
  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  /** Seven full records: enough for a large write, and stays in the cache. */
  private static final int MAX_CIPHER_BYTES = 128 << 10;

  private static final int RECORD_BYTES = 16 << 10;
  private static final int OVERHEAD_BYTES = 64; // of a record, generously
  private static final long MEMORY_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Link link;
  private final SSLEngine engine;
  private final TlsHost host;
  private final Runnable onWritable;

  // Words that are left for the lock's holder.
  private static final int ASK = 1; // the session waits for the socket to be writable
  private static final int WRITABLE = 2; // it is
  private static final int CLOSE = 4;
  private static final int END = 8;
  private static final int DROP = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger words = new AtomicInteger();

  // Guarded by the lock.
  private final ByteBuffer[] vector = new ByteBuffer[1];
  private Segment cipher; // what the kernel did not take, from position to limit
  private boolean asked;
  private boolean wanted;
  private boolean starved;
  private boolean ended;
  private boolean leaving;

  private volatile boolean closing;
  private volatile boolean departed; // without having to wait for that

  /**
   * A link over another.
   *
   * @param onWritable to be run on the loop when there may be memory again
   */
  TlsLink(Link link, SSLEngine engine, TlsHost host, Runnable onWritable) {
    this.link = link;
    this.engine = engine;
    this.host = host;
    this.onWritable = onWritable;
  }

  // the session's bytes

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    if (!lock.tryLock()) {
      return 0; // as if the socket were full
    }
    try {
      if (closing || ended) {
        throw new IOException("the link has ended");
      }
      long left = 0;
      for (int i = offset; i < offset + count; i++) {
        left += buffers[i].remaining();
      }
      long taken = 0;
      while (flush() && taken < left && reserve(left - taken)) {
        taken += encrypt(buffers, offset, count, left - taken);
      }
      return taken;
    } finally {
      letGo();
    }
  }

  // the lock

  /** Has something done by the lock's holder, who is the caller if nobody is. */
  private void leave(int word) {
    words.getAndUpdate(left -> left | word);
    if (lock.tryLock()) {
      letGo();
    }
  }

  /** Does what words were left for, and gives the lock back. */
  private void letGo() {
    do {
      int todo = words.get() == 0 ? 0 : words.getAndSet(0);
      boolean closed = false;
      try {
        closed = todo != 0 && act(todo);
      } finally {
        lock.unlock();
      }
      if (closed) {
        link.close();
      }
      if ((todo & WRITABLE) != 0) {
        link.execute(onWritable);
      }
    } while (words.get() != 0 && lock.tryLock());
  }

  /** With the lock held; true when the link is to be closed. */
  private boolean act(int todo) {
    if ((todo & ASK) != 0) {
      wanted = true;
      ask();
    }
    boolean closed = false;
    if ((todo & CLOSE) != 0 && !leaving && !ended) {
      leaving = true;
      engine.closeOutbound();
      closed = farewell();
      departed = closed;
    }
    if ((todo & END) != 0 && !ended && !closing) {
      engine.closeOutbound();
      farewell();
    }
    if ((todo & (END | DROP)) != 0) {
      ended = true;
      releaseCipher();
    }
    return closed;
  }

  /** Encrypts what fits into the buffer. */
  private long encrypt(ByteBuffer[] buffers, int offset, int count, long left) throws IOException {
    ByteBuffer to = cipher.memory;
    int recordBytes = engine.getSession().getPacketBufferSize();
    long taken = 0;
    try {
      do {
        SSLEngineResult result = engine.wrap(buffers, offset, count, to);
        if (result.getStatus() != Status.OK || result.bytesProduced() == 0) {
          throw new IOException("TLS takes no more bytes: " + result.getStatus());
        }
        taken += result.bytesConsumed();
      } while (taken < left && to.remaining() >= recordBytes);
    } finally {
      to.flip();
    }
    return taken;
  }

  /** Takes an empty buffer; false when there is no memory. */
  private boolean reserve(long plainBytes) {
    long records = (plainBytes + RECORD_BYTES - 1) / RECORD_BYTES;
    long wished = plainBytes + records * OVERHEAD_BYTES + engine.getSession().getPacketBufferSize();
    cipher = host.pool().acquire((int) Math.min(wished, MAX_CIPHER_BYTES));
    starved = cipher == null;
    return !starved;
  }

  /** Writes what is encrypted, with the lock held; true when nothing is left. */
  private boolean flush() throws IOException {
    if (cipher == null) {
      return true;
    }
    ByteBuffer memory = cipher.memory;
    if (memory.hasRemaining()) {
      vector[0] = memory;
      link.write(vector, 0, 1);
    }
    if (memory.hasRemaining()) {
      ask();
      return false;
    }
    releaseCipher();
    return true;
  }

  private void releaseCipher() {
    if (cipher != null) {
      host.pool().release(cipher);
      cipher = null;
    }
  }

  @Override
  public void wantWritable() {
    leave(ASK);
  }

  /** With the lock held. For want of memory the socket is writable, and would say so without end. */
  private void ask() {
    if (asked) {
      return;
    }
    asked = true;
    if (starved) {
      starved = false;
      host.schedule(() -> link.execute(onWritable), MEMORY_LOOK_NANOS);
    } else {
      link.wantWritable();
    }
  }

  // what TLS itself has to say

  /**
   * Sends what the handshake has to say next, as much as goes into a buffer.
   *
   * @return what the engine wants then; null when the socket is full: {@link #writable} will come
   */
  HandshakeStatus handshake() throws IOException {
    if (!lock.tryLock()) {
      leave(WRITABLE);
      return null;
    }
    try {
      if (!flush()) {
        return null;
      }
      if (!reserve(0)) {
        ask();
        return null;
      }
      HandshakeStatus status = fill();
      flush();
      return status;
    } finally {
      letGo();
    }
  }

  /** Encrypts no bytes of the session's, with the lock held: only what the engine has to say. */
  private HandshakeStatus fill() throws IOException {
    ByteBuffer to = cipher.memory;
    int recordBytes = engine.getSession().getPacketBufferSize();
    try {
      HandshakeStatus status;
      SSLEngineResult result;
      do {
        result = engine.wrap(NOTHING, 0, 1, to);
        status = result.getHandshakeStatus();
      } while (status == HandshakeStatus.NEED_WRAP
          && result.bytesProduced() > 0
          && to.remaining() >= recordBytes);
      return status;
    } finally {
      to.flip();
    }
  }

  /**
   * The socket takes bytes again; on the loop.
   *
   * @return whether the session waits for that
   */
  boolean writable() throws IOException {
    boolean closed;
    boolean told = false;
    if (!lock.tryLock()) {
      leave(WRITABLE);
      return false;
    }
    try {
      asked = false;
      if (ended || !flush()) {
        return false;
      }
      closed = leaving && farewell();
      if (!closing) {
        told = wanted;
        wanted = false;
      }
    } finally {
      letGo();
    }
    if (closed) {
      link.close();
    }
    return told;
  }

  // the end

  /** Tells the peer that nothing follows, and ends when it is told; after two seconds at the latest. */
  @Override
  public void close() {
    if (!closing) {
      closing = true;
      leave(CLOSE);
      if (!departed) {
        host.schedule(link::abort, CLOSE_NANOS);
      }
    }
  }

  @Override
  public void abort() {
    closing = true;
    link.abort();
  }

  /** As {@link #close()}, with no patience: what the socket does not take now is dropped. */
  void end() {
    leave(END);
  }

  /** As {@link #end()}, and without a word. */
  void drop() {
    leave(DROP);
  }

  /** Writes the last records, an alert among them; true when all are out or cannot be any more. */
  private boolean farewell() {
    try {
      while (flush()) {
        if (engine.isOutboundDone() || !reserve(0)) {
          return true;
        }
        fill();
        if (!cipher.memory.hasRemaining()) {
          releaseCipher();
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true; // the peer is gone: nobody is left to be told
    }
  }

  /** Whether this side has ended the link. */
  boolean isClosing() {
    return closing;
  }

  // the rest is the link's own

  @Override
  public void execute(Runnable task) {
    link.execute(task);
  }

  @Override
  public boolean inLoop() {
    return link.inLoop();
  }

  @Override
  public void pauseReads() {
    link.pauseReads();
  }

  @Override
  public void resumeReads() {
    link.resumeReads();
  }

  @Override
  public InetSocketAddress localAddress() {
    return link.localAddress();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return link.remoteAddress();
  }
}
