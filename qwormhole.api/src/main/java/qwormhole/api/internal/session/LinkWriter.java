package qwormhole.api.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.frame.Frames;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.ReplayBuffer;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.spi.Link;

/**
 * Brings segments to the kernel in as few system calls as possible. Used only by the holder of the
 * write turn, which passes from thread to thread under {@link OutboundRoom}'s lock.
 */
final class LinkWriter {
  /** What {@link #write} says when another thread has gone on with what this one was writing. */
  static final int TAKEN_AWAY = -1;

  private static final int SEGMENTS_PER_WRITE = 4;

  private final Timers timers;
  private final SegmentPool pool;
  private final TokenBucket rate;
  private ByteBuffer[] vector = new ByteBuffer[SEGMENTS_PER_WRITE];
  private Link link;
  private ReplayBuffer replay; // null unless the session is resumable
  private PendingWrite pending; // so with this, whose vector it is
  private Segment landed; // written in this turn and perhaps wanted again, the last one first
  private Segment flight;
  private Segment flightTail;
  private ByteBuffer header;
  private boolean full;
  private FrameBatch batch; // null unless writes are limited to so many frames
  private long bytesWritten;
  private long writes;

  LinkWriter(Link link, Timers timers, SegmentPool pool, TokenBucket rate) {
    this.link = link;
    this.timers = timers;
    this.pool = pool;
    this.rate = rate;
  }

  /** From now on what is written is kept until it is acknowledged. With the queue's lock held. */
  void retain(ReplayBuffer buffer) {
    replay = buffer;
    renewPending();
  }

  private void renewPending() {
    pending = new PendingWrite(SEGMENTS_PER_WRITE);
    vector = pending.vector;
  }

  /**
   * Takes what is in flight from a thread that is in the link's write, whether that returns or not;
   * false when it is not. With the queue's lock held.
   */
  boolean takeAway() {
    PendingWrite other = pending;
    if (!other.take()) {
      return false;
    }
    Segment again = other.copy(abandon(), pool);
    renewPending();
    chain(again);
    return true;
  }

  boolean isLimited() {
    return rate != null;
  }

  /** From now on at most so many frames go out in one write. With the queue's lock held. */
  void limitBatch(int frames) {
    batch = batch == null ? new FrameBatch() : batch;
    batch.limit(frames);
  }

  boolean hasFlight() {
    return flight != null;
  }

  long bytesWritten() {
    return bytesWritten;
  }

  long writes() {
    return writes;
  }

  /** Whether the last write found the socket full; asking forgets it. */
  boolean takeFull() {
    boolean was = full;
    full = false;
    return was;
  }

  /** How long the rate limit forbids to write; 0 when it does not. */
  long rateDelayNanos() {
    return rate == null || rate.available(timers.nanoTime()) >= 1 ? 0 : rate.nanosUntilAvailable();
  }

  /**
   * Takes what is written next, when nothing is in flight; with the queue's lock held.
   *
   * @param least how many bytes must be queued, so that a segment that is being filled is left
   */
  void take(OutboundQueue queue, int least) {
    for (int i = 0; i < SEGMENTS_PER_WRITE && queue.bytes() >= least; i++) {
      Segment segment = queue.take();
      if (segment == null) {
        return;
      }
      fly(segment);
    }
  }

  private void fly(Segment segment) {
    if (replay != null) {
      replay.number(segment);
    }
    if (flight == null) {
      flight = segment;
      begins(segment);
    } else {
      flightTail.next = segment;
    }
    flightTail = segment;
  }

  private void begins(Segment first) {
    if (batch != null) {
      batch.begins(first);
    }
  }

  /** Writes what is in flight, once; returns the bytes taken, or {@link #TAKEN_AWAY}. */
  int write() throws IOException {
    int count = 0;
    long offered = 0;
    for (Segment s = flight; s != null && count < SEGMENTS_PER_WRITE; s = s.next) {
      vector[count++] = s.memory;
      offered += s.memory.remaining();
    }
    long allowed = batch == null ? Long.MAX_VALUE : batch.bytes(flight);
    long taken;
    if (rate != null) {
      taken = writeWithin(Math.min(allowed, rate.available(timers.nanoTime())));
    } else if (allowed < offered) {
      taken = writeWithin(allowed);
    } else {
      taken = writeToLink(count, vector[0].limit());
      if (taken != TAKEN_AWAY) {
        full = taken < offered;
      }
    }
    if (taken == TAKEN_AWAY) {
      return TAKEN_AWAY;
    }
    if (rate != null) {
      rate.charge(taken);
    }
    if (batch != null) {
      batch.taken(taken);
    }
    for (int i = 0; i < count; i++) {
      vector[i] = null;
    }
    writes++;
    bytesWritten += taken;
    landWritten();
    return (int) taken;
  }

  /** Writes that many bytes of the first segment, at least one. */
  private long writeWithin(long bytes) throws IOException {
    ByteBuffer memory = vector[0];
    int limit = memory.limit();
    memory.limit((int) Math.min(limit, memory.position() + Math.max(1, bytes)));
    int offered = memory.remaining();
    long taken;
    try {
      taken = writeToLink(1, limit);
    } catch (IOException | RuntimeException | Error e) {
      memory.limit(limit);
      throw e;
    }
    if (taken != TAKEN_AWAY) {
      memory.limit(limit);
      full = taken < offered;
    }
    return taken;
  }

  private long writeToLink(int count, int firstLimit) throws IOException {
    PendingWrite mine = pending;
    if (mine == null) {
      return link.write(vector, 0, count);
    }
    mine.begin(count, firstLimit);
    try {
      long taken = link.write(mine.vector, 0, count);
      return mine.end(pool) ? taken : TAKEN_AWAY;
    } catch (IOException | RuntimeException | Error e) {
      if (mine.end(pool)) {
        throw e;
      }
      return TAKEN_AWAY;
    }
  }

  private void landWritten() {
    while (flight != null && !flight.memory.hasRemaining()) {
      Segment done = flight;
      flight = done.next;
      List<CompletableFuture<Void>> completions = done.completions;
      done.completions = null;
      if (replay == null) {
        pool.release(done);
      } else {
        done.next = landed;
        landed = done;
      }
      if (completions != null) {
        completions.forEach(completion -> completion.complete(null));
      }
    }
  }

  /**
   * What has been written goes into the replay buffer; with the queue's lock held.
   *
   * @return what is wanted by nobody any more, to be given back without the lock; or null
   */
  Segment keepLanded() {
    Segment inOrder = null;
    while (landed != null) {
      Segment segment = landed;
      landed = segment.next;
      segment.next = inOrder;
      inOrder = segment;
    }
    Segment spare = null;
    while (inOrder != null) {
      Segment segment = inOrder;
      inOrder = segment.next;
      if (!replay.keep(segment)) {
        segment.next = spare;
        spare = segment;
      }
    }
    return spare;
  }

  /**
   * Goes on with another link, with nobody writing and the queue's lock held.
   *
   * @param first what goes out before everything else: frames of the protocol itself
   * @param next the number of the first message that the peer has not got
   * @return what is wanted by nobody any more
   */
  Segment goOn(Link other, Segment first, long next) {
    link = other;
    full = false;
    ReplayBuffer.Rewound rewound = replay.rewind(next, abandon());
    if (batch != null) {
      batch.restart();
    }
    chain(first);
    chain(rewound.again());
    return rewound.spare();
  }

  private void chain(Segment segments) {
    if (segments == null) {
      return;
    }
    if (flight == null) {
      flight = segments;
      begins(segments);
    } else {
      flightTail.next = segments;
    }
    flightTail = segments;
    while (flightTail.next != null) {
      flightTail = flightTail.next;
    }
  }

  /** Gives away all that is not written, with nobody writing and the queue's lock held. */
  Segment surrender(OutboundQueue queue) {
    for (Segment s = queue.take(); s != null; s = queue.take()) {
      fly(s);
    }
    return abandon();
  }

  /** Counts in what another one has written. */
  void countIn(LinkWriter other) {
    bytesWritten += other.bytesWritten;
    writes += other.writes;
  }

  /** Bytes that are in flight. With nobody writing. */
  int flightBytes() {
    int bytes = 0;
    for (Segment s = flight; s != null; s = s.next) {
      bytes += s.memory.remaining();
    }
    return bytes;
  }

  /**
   * Writes a frame from where its payload lies, with nothing in flight. What the kernel does not take
   * is copied and stays in flight, since it is in the middle of a frame.
   *
   * @return the bytes that stayed in flight
   */
  int writeInPlace(ByteBuffer payload) throws IOException {
    int position = payload.position();
    int size = Frames.HEADER_BYTES + payload.remaining();
    if (header == null) {
      header = ByteBuffer.allocateDirect(Frames.HEADER_BYTES);
    }
    header.clear().putInt(payload.remaining()).flip();
    vector[0] = header;
    vector[1] = payload;
    try {
      int taken = (int) link.write(vector, 0, 2);
      writes++;
      bytesWritten += taken;
      full = taken < size;
      if (full) {
        copyRest(payload);
      }
      return size - taken;
    } finally {
      vector[0] = null;
      vector[1] = null;
      payload.position(position);
    }
  }

  private void copyRest(ByteBuffer payload) throws IOException {
    while (header.hasRemaining() || payload.hasRemaining()) {
      Segment segment = OutboundQueue.segment(pool);
      if (segment == null) {
        throw new IOException("out of buffers in the middle of a frame");
      }
      fly(segment);
      ByteBuffer to = segment.memory.put(header);
      int count = Math.min(payload.remaining(), to.remaining());
      to.put(to.position(), payload, payload.position(), count);
      to.position(to.position() + count).flip();
      payload.position(payload.position() + count);
    }
  }

  /** The future completes when all that is in flight now is with the kernel. */
  void completeLast(CompletableFuture<Void> completion) {
    if (flight == null) {
      completion.complete(null);
      return;
    }
    if (flightTail.completions == null) {
      flightTail.completions = new ArrayList<>(2);
    }
    flightTail.completions.add(completion);
  }

  /** Gives up what is in flight; returns its segments, for {@link #lose}. */
  Segment abandon() {
    Segment abandoned = flight;
    flight = null;
    flightTail = null;
    return abandoned;
  }

  /** Gives segments back and tells futures that the fate of their bytes is unknown. Any thread. */
  void lose(Segment chain) {
    Segment segment = chain;
    while (segment != null) {
      Segment next = segment.next;
      List<CompletableFuture<Void>> completions = segment.completions;
      pool.release(segment);
      if (completions != null) {
        var lost =
            new QWormholeException(
                ErrorCode.E_CONNECTION_LOST, "the connection ended before the bytes were written");
        completions.forEach(completion -> completion.completeExceptionally(lost));
      }
      segment = next;
    }
  }
}
