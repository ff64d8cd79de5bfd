package qwormhole.api.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.Frames;
import qwormhole.api.internal.frame.MessageChain;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.ReplayBuffer;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.FlushPolicy.Next;
import qwormhole.api.spi.Link;

/**
 * What one link sends. Any thread adds frames under a spin lock; whoever holds the write turn writes
 * them, without the lock, until nothing is left or the socket is full. {@link FlushPolicy} says who
 * takes the turn.
 */
final class Outbound extends SpinLock {
  /** A caller that can wait is held over this: a short queue stays in the cache. */
  static final int WAIT_BYTES = 192 << 10;

  private static final int RESUME_BYTES = 64 << 10;
  private static final int IN_PLACE_BYTES = 128 << 10;
  private static final int BYTES_PER_TURN = 1 << 20;
  private static final long MEMORY_LOOK_NANOS = 10_000_000;
  private static final int REPLAY_MESSAGES = 65_536;

  /** What the owner is told; never with the lock held. */
  interface Events {
    /** A send was refused for the first time since the last drain. */
    void onBackpressure();

    /** After a refusal: the queue is below half of its limit. */
    void onDrain();

    /** After {@link Outbound#watchRoom()}: the queue is below half of where reading pauses. */
    void onRoom();

    /** All that was accepted is with the kernel, after {@link Outbound#finish()}. */
    void onFinished();

    /** The link does not take bytes any more. */
    void onWriteFailed(IOException cause);
  }

  private final Timers timers;
  private final StreamGuard guard;
  private final SegmentPool pool;
  private final SessionLimits limits;
  private final OutboundQueue queue;
  private final LinkWriter writer;
  private final FlushPolicy policy;
  private final RoomSignals signals;
  private final RoomWaiters waiters = new RoomWaiters();
  private final Runnable flushTask = this::flushOnLoop;

  /** These change when a resumable session goes on over another link; under the lock. */
  private volatile Link link;

  private volatile Events events;

  // Guarded by the lock, but for hints that are read without it.
  private volatile boolean closed;
  private volatile boolean finishing;
  private boolean writing;
  private boolean blocked;
  private boolean detached;
  private boolean flushAll;
  private ReplayBuffer replay; // null unless the session is resumable
  private int replayBytes;
  private int pendingBytes;
  private int overheadBytes = Frames.HEADER_BYTES;
  private long messages;
  private volatile long acknowledged;

  /** The guard's chain. */
  Outbound nextGuarded;

  Outbound(
      Link link,
      Timers timers,
      SegmentPool pool,
      StreamGuard guard,
      Events events,
      SessionLimits limits,
      TokenBucket rate) {
    this.link = link;
    this.timers = timers;
    this.pool = pool;
    this.guard = guard;
    this.events = events;
    this.limits = limits;
    this.queue = new OutboundQueue(pool);
    this.writer = new LinkWriter(link, timers, pool, rate);
    this.policy = new FlushPolicy(timers);
    this.signals =
        new RoomSignals(RESUME_BYTES, limits.maxOutboundBytes(), limits.pauseBytes() / 2);
  }

  /** From now on messages carry a checksum; before others may send. */
  void addChecksums() {
    lock();
    try {
      queue.addChecksums();
      overheadBytes = Frames.HEADER_BYTES + Frames.CHECKSUM_BYTES;
    } finally {
      unlock();
    }
  }

  /** Whether there is more to a frame than a length word, so that only the queue can write it. */
  boolean addsChecksums() {
    return overheadBytes > Frames.HEADER_BYTES;
  }

  /** From now on at most so many frames go out in one write. */
  void limitBatch(int frames) {
    lock();
    try {
      writer.limitBatch(frames);
    } finally {
      unlock();
    }
  }

  /**
   * From now on what is written is kept until the peer has acknowledged it, at most so many bytes;
   * before others may send.
   */
  void retain(int maxBytes) {
    lock();
    try {
      replay = new ReplayBuffer();
      replayBytes = maxBytes;
      writer.retain(replay);
    } finally {
      unlock();
    }
  }

  // adding

  /** Adds a message if there is room; the completion may be null. */
  SendResult offer(ByteBuffer payload, int priority, CompletableFuture<Void> completion) {
    return add(payload, priority, completion, limits.maxOutboundBytes(), false);
  }

  /** Adds a message of a lost session, whose bounds hold for it still. */
  void offerAnyway(ByteBuffer payload) {
    add(payload, 0, null, Integer.MAX_VALUE, false);
  }

  /** Adds a message, waiting for room unless this is the loop, which is what makes room. */
  SendResult offer(ByteBuffer payload, int priority, long timeoutNanos) {
    int wait = Math.min(limits.maxOutboundBytes(), waitBytes(payload));
    SendResult result = add(payload, priority, null, wait, true);
    if (result != SendResult.BACK_PRESSURED) {
      return result;
    }
    if (timeoutNanos > 0 && !link.inLoop()) {
      long deadline = System.nanoTime() + timeoutNanos;
      boolean inTime = true;
      while (result == SendResult.BACK_PRESSURED && inTime) {
        int generation = waiters.generation();
        flushAsSender();
        result = add(payload, priority, null, wait, true);
        inTime = result != SendResult.BACK_PRESSURED || waiters.await(generation, deadline);
      }
      if (result != SendResult.BACK_PRESSURED || Thread.currentThread().isInterrupted()) {
        return result;
      }
    }
    return offer(payload, priority, null);
  }

  /** A large message waits for an empty queue, to be written from where it lies. */
  private static int waitBytes(ByteBuffer payload) {
    return payload.remaining() >= IN_PLACE_BYTES ? RESUME_BYTES : WAIT_BYTES;
  }

  /** Adds a frame of the protocol itself, ahead of all messages; with its length word, or without. */
  void addControl(ByteBuffer frame, boolean withHeader) {
    boolean write;
    lock();
    try {
      write = queueControl(frame, withHeader) && takeTurn();
    } finally {
      unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /** Adds such a frame and leaves it to {@link #flush}, or to whoever writes before, to write it. */
  void holdControl(ByteBuffer frame, boolean withHeader) {
    lock();
    try {
      queueControl(frame, withHeader);
    } finally {
      unlock();
    }
  }

  /** With the lock held; false when the link is ending or no memory is left: a ping goes unanswered. */
  private boolean queueControl(ByteBuffer frame, boolean withHeader) {
    if (closed
        || detached
        || !queue.add(frame, withHeader, OutboundQueue.CONTROL_PRIORITY, false, false)) {
      return false;
    }
    pendingBytes += frame.remaining() + (withHeader ? Frames.HEADER_BYTES : 0);
    return true;
  }

  /**
   * Refuses over the limit, unless nothing is pending, so that a limit below one frame does not refuse
   * for ever.
   */
  private SendResult add(
      ByteBuffer payload,
      int priority,
      CompletableFuture<Void> completion,
      int limit,
      boolean canWait) {
    int length = payload.remaining();
    if (length > limits.maxFrameBytes()) {
      return SendResult.TOO_LARGE;
    }
    if (length >= IN_PLACE_BYTES && payload.isDirect()) {
      flush();
      if (takeTurnInPlace()) {
        return writeInPlace(payload, completion);
      }
    }
    int size = length + overheadBytes;
    if (!limits.framed()) {
      if (length == 0) {
        return addNothing(completion);
      }
      size = length;
    }
    int refusal = 0;
    Next next = Next.NOTHING;
    SendResult result = SendResult.SENT;
    lock();
    try {
      int pending = pendingBytes;
      if (closed || finishing) {
        result = SendResult.CLOSED;
      } else if (isFull(size, limit) || !enqueue(payload, priority, pending > 0)) {
        result = SendResult.BACK_PRESSURED;
        refusal = noteRefusal(size, canWait);
      } else {
        if (completion != null) {
          queue.completeLast(priority, completion);
        }
        pendingBytes = pending + size;
        messages++;
        next = next();
      }
    } finally {
      unlock();
    }
    if (refusal != 0) {
      tellRefusal(refusal);
    }
    act(next);
    return result;
  }

  /** With the lock held. */
  private boolean isFull(int size, int limit) {
    return (pendingBytes > 0 && pendingBytes + (long) size > limit)
        || (replay != null && limit != Integer.MAX_VALUE && isReplayFull(size));
  }

  private boolean isReplayFull(int size) {
    long unacknowledged = messages - acknowledged;
    return unacknowledged >= REPLAY_MESSAGES
        || (unacknowledged > 0 && replay.bytes() + pendingBytes + size > replayBytes);
  }

  /** Whether refused senders may try again, as far as it is for what must be kept. */
  private boolean isReplayRoomy() {
    return replay == null
        || (messages - acknowledged <= REPLAY_MESSAGES / 2
            && replay.bytes() + pendingBytes <= replayBytes / 2);
  }

  private boolean enqueue(ByteBuffer payload, int priority, boolean behindOthers) {
    boolean streaming = policy.isStreaming();
    return queue.add(
        payload,
        limits.framed(),
        Math.max(priority, OutboundQueue.CONTROL_PRIORITY + 1),
        behindOthers || streaming,
        streaming && !writing && !blocked);
  }

  /** An empty message without framing is no bytes: there is nothing to wait for. */
  private SendResult addNothing(CompletableFuture<Void> completion) {
    if (isClosed()) {
      return SendResult.CLOSED;
    }
    if (completion != null) {
      completion.complete(null);
    }
    return SendResult.SENT;
  }

  /**
   * With the lock held; what is to be told and done. With nothing pending it is memory that is short,
   * and no write of this link will tell when there is some.
   */
  private int noteRefusal(int size, boolean canWait) {
    boolean starved = pendingBytes == 0 && !(replay != null && isReplayFull(size));
    return canWait ? signals.waits(starved) : signals.refuses(starved);
  }

  private void tellRefusal(int refusal) {
    if ((refusal & RoomSignals.REFUSED) != 0) {
      events.onBackpressure();
      boolean drained;
      lock();
      try {
        drained = signals.told();
      } finally {
        unlock();
      }
      if (drained) {
        events.onDrain();
      }
    }
    if ((refusal & RoomSignals.STARVED) != 0) {
      timers.schedule(this::lookForMemory, MEMORY_LOOK_NANOS);
    }
  }

  /** Others may have given memory back: whoever was refused for want of it may try again. */
  private void lookForMemory() {
    int due;
    lock();
    try {
      due = signals.looked(pendingBytes, isReplayRoomy());
    } finally {
      unlock();
    }
    waiters.signalAll();
    if (!closed) {
      tellRoom(due);
    }
  }

  /** Who writes what was just added; with the lock held. */
  private Next next() {
    if (writing || blocked || detached) {
      return Next.NOTHING; // the holder of the turn, or the loop, looks again
    }
    Next next = policy.next(queue.bytes());
    writing = next == Next.WRITE;
    return next;
  }

  private void act(Next next) {
    switch (next) {
      case NOTHING -> {}
      case WRITE -> writeQueued();
      case WAKE_LOOP -> link.execute(flushTask);
      case ASK_GUARD -> guard.watch(this);
    }
  }

  /** Asks for one {@link Events#onRoom()}; false when there is room already. */
  boolean watchRoom() {
    lock();
    try {
      return !closed && signals.watch(pendingBytes);
    } finally {
      unlock();
    }
  }

  // segments that a batch fills

  /** A segment for a batch, charged whole until it comes back; null when refused. */
  Segment reserve(boolean canWait) {
    int most = limits.maxOutboundBytes();
    int limit = canWait ? Math.min(WAIT_BYTES, most) : most;
    int refusal = 0;
    Segment segment = null;
    lock();
    try {
      boolean room = !isFull(OutboundQueue.SEGMENT_BYTES, limit);
      if (closed || finishing) {
        return null;
      }
      segment = room ? OutboundQueue.segment(pool) : null;
      if (segment == null) {
        refusal = noteRefusal(OutboundQueue.SEGMENT_BYTES, canWait);
      } else {
        pendingBytes += OutboundQueue.SEGMENT_BYTES;
      }
    } finally {
      unlock();
    }
    if (refusal != 0) {
      tellRefusal(refusal);
    }
    return segment;
  }

  /** Takes a reserved segment back, filled with whole frames, and writes it. */
  void submit(Segment segment, int frames) {
    boolean write;
    lock();
    try {
      pendingBytes -= closed ? 0 : OutboundQueue.SEGMENT_BYTES;
      if (closed || frames == 0) {
        pool.release(segment);
      } else {
        segment.startsFrame = true;
        segment.frames = frames;
        pendingBytes += segment.memory.position();
        messages += frames;
        queue.addChain(segment);
      }
      write = takeTurn(); // also with nothing to write: the end may wait for this segment
    } finally {
      unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /** Waits for room after {@link #reserve} refused; see {@link RoomWaiters}. */
  RoomWaiters waiters() {
    return waiters;
  }

  // the turn

  /** With the lock held. */
  private boolean takeTurn() {
    boolean taken = !writing && !blocked && !closed && !detached;
    writing |= taken;
    return taken;
  }

  /** The turn, when a payload may be written from where it lies: nothing is before it. */
  private boolean takeTurnInPlace() {
    if (!limits.framed() || addsChecksums() || writer.isLimited() || replay != null) {
      return false;
    }
    lock();
    try {
      return pendingBytes == 0 && !finishing && takeTurn();
    } finally {
      unlock();
    }
  }

  private SendResult writeInPlace(ByteBuffer payload, CompletableFuture<Void> completion) {
    int left;
    try {
      left = writer.writeInPlace(payload);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      return SendResult.CLOSED;
    }
    if (completion != null) {
      writer.completeLast(completion);
    }
    writeQueued(left, 1);
    return SendResult.SENT;
  }

  private void writeQueued() {
    writeQueued(0, 0);
  }

  /** Writes until nothing is left or the socket is full, then gives the turn back. */
  private void writeQueued(int addedBytes, int addedMessages) {
    int added = addedBytes;
    int written = 0;
    long signals = 0;
    for (long outcome = settle(added, addedMessages, 0); ; outcome = settle(added, 0, written)) {
      signals |= outcome;
      if ((outcome & Turn.END) != 0) {
        endTurn(signals);
        return;
      }
      try {
        int taken = writer.write();
        added = -taken;
        written += taken;
      } catch (IOException | RuntimeException | Error e) {
        fail(e);
        return;
      }
    }
  }

  /** What is to be done after the lock, as bits, above those of {@link RoomSignals}. */
  private static final class Turn {
    static final int END = 8;
    static final int FULL = 16;
    static final int OTHERS = 32;
    static final int FINISHED = 64;
    static final int CLOSED = 128;
    static final int GUARD = 256;
    static final int RATE_SHIFT = 9;

    private Turn() {}
  }

  /** Accounts for the last write, takes what comes next, or gives the turn back. */
  private long settle(int added, int addedMessages, int writtenInTurn) {
    boolean full = writer.takeFull();
    Segment spare = null;
    lock();
    try {
      pendingBytes += added;
      messages += addedMessages;
      if (replay != null) {
        spare = writer.keepLanded();
      }
      if (!full && !writer.hasFlight() && !closed && !detached) {
        writer.take(queue, leastToTake());
      }
      long outcome = outcome(full, writtenInTurn);
      if ((outcome & Turn.END) != 0) {
        writing = false;
        flushAll = false;
        policy.wrote();
        if (outcome == Turn.END && queue.bytes() > 0 && policy.leftInStream()) {
          outcome |= Turn.GUARD;
        }
      }
      return outcome | signals.due(pendingBytes, isReplayRoomy());
    } finally {
      unlock();
      if (spare != null) {
        writer.lose(spare);
      }
    }
  }

  /** A stream leaves the segment that it is filling, unless something else wants to go. */
  private int leastToTake() {
    boolean leave = policy.isStreaming() && !flushAll && !finishing && !queue.hasOthers();
    return leave ? FlushPolicy.FLUSH_BYTES : 1;
  }

  private long outcome(boolean full, int writtenInTurn) {
    if (closed) {
      return Turn.END | Turn.CLOSED;
    }
    if (detached) {
      return Turn.END;
    }
    if (full) {
      blocked = true;
      return Turn.END | Turn.FULL;
    }
    if (!writer.hasFlight()) {
      return finishing && pendingBytes == 0 ? Turn.END | Turn.FINISHED : Turn.END;
    }
    if (writtenInTurn >= BYTES_PER_TURN) {
      policy.leftToLoop();
      return Turn.END | Turn.OTHERS; // a sender has other work, a loop other links
    }
    long delay = writer.rateDelayNanos();
    blocked = delay > 0;
    return delay > 0 ? Turn.END | delay << Turn.RATE_SHIFT : 0;
  }

  private void endTurn(long outcome) {
    if ((outcome & Turn.CLOSED) != 0) {
      discard();
      return;
    }
    if ((outcome & Turn.FULL) != 0) {
      link.wantWritable();
    }
    if ((outcome & Turn.OTHERS) != 0) {
      link.execute(flushTask);
    }
    if (outcome >>> Turn.RATE_SHIFT > 0) {
      timers.schedule(() -> link.execute(this::onWritable), outcome >>> Turn.RATE_SHIFT);
    }
    if ((outcome & Turn.GUARD) != 0) {
      guard.watch(this);
    }
    tellRoom(outcome);
    if ((outcome & Turn.FINISHED) != 0) {
      events.onFinished();
    }
  }

  private void tellRoom(long due) {
    if ((due & RoomSignals.WAITERS) != 0) {
      waiters.signalAll();
    }
    if ((due & RoomSignals.DRAINED) != 0) {
      events.onDrain();
    }
    if ((due & RoomSignals.ROOM) != 0) {
      events.onRoom();
    }
  }

  // from the loop and the timer

  /**
   * The socket, or the rate limit, takes bytes again. In a stream a waiting sender writes them, whose
   * processor has them in its cache; the guard sees to it that somebody does.
   */
  void onWritable() {
    boolean write = false;
    boolean ask = false;
    boolean senders;
    lock();
    try {
      if (detached) {
        return; // an old link's news
      }
      blocked = false;
      senders = policy.isStreaming() && !closed && signals.takeWaiters();
      if (senders) {
        ask = policy.leftInStream();
      } else {
        write = takeTurn();
      }
    } finally {
      unlock();
    }
    if (ask) {
      guard.watch(this);
    }
    if (senders) {
      waiters.signalAll();
    } else if (write) {
      writeQueued();
    }
  }

  /** A sender that waited for room makes some itself, if it can. */
  void flushAsSender() {
    boolean write;
    lock();
    try {
      write = isAnythingLeft() && takeTurn();
    } finally {
      unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /** With the lock held; what is in flight counts only while nobody writes it. */
  private boolean isAnythingLeft() {
    return !writing && (queue.bytes() > 0 || writer.hasFlight());
  }

  /** The loop is about to run handlers: replies gather. */
  void beginGathering() {
    policy.beginGathering();
  }

  /** The input is used up: what gathered goes out. */
  void endGathering() {
    if (policy.endGathering()) {
      flush();
    }
  }

  /** Writes what is queued now, unless someone is at it. */
  void flush() {
    boolean write;
    lock();
    try {
      write = queue.bytes() > 0 && takeTurn();
      flushAll |= write;
    } finally {
      unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  private void flushOnLoop() {
    boolean write;
    lock();
    try {
      policy.loopFlushes(queue.bytes());
      write = isAnythingLeft() && takeTurn();
      flushAll |= write;
    } finally {
      unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /**
   * The guard's question: whether senders have filled a write since the last look. If not, the stream
   * is over and its tail goes out.
   */
  boolean isStillStreaming() {
    boolean still;
    boolean flush = false;
    lock();
    try {
      boolean left = isAnythingLeft() && !blocked && !closed && !detached;
      still = policy.guardLooks(left) && !closed;
      flush = !still && left;
    } finally {
      unlock();
    }
    if (flush) {
      link.execute(flushTask);
    }
    return still;
  }

  // the end

  /** Accepts nothing more; {@link Events#onFinished} follows when all is with the kernel. */
  void finish() {
    boolean done;
    boolean write;
    lock();
    try {
      finishing = true;
      done = pendingBytes == 0 && !writing && !closed;
      write = isAnythingLeft() && takeTurn();
    } finally {
      unlock();
    }
    waiters.signalAll();
    if (write) {
      writeQueued();
    } else if (done) {
      events.onFinished();
    }
  }

  /** The link has ended: nothing is accepted or written any more, and waiters go. */
  void close() {
    boolean mine;
    lock();
    try {
      mine = !closed && !writing;
      closed = true;
    } finally {
      unlock();
    }
    if (mine) {
      discard();
    }
    waiters.signalAll();
  }

  /** Also what a provider should not throw ends the link: the turn must not be kept for ever. */
  private void fail(Throwable cause) {
    boolean keeps;
    lock();
    try {
      keeps = replay != null && !closed;
      detached |= keeps;
      closed |= !keeps;
      writing = false;
    } finally {
      unlock();
    }
    if (!keeps) {
      discard();
      waiters.signalAll();
    }
    events.onWriteFailed(
        cause instanceof IOException io ? io : new IOException("the write threw " + cause, cause));
  }

  /** Gives memory back and tells futures that the fate of their bytes is unknown. */
  private void discard() {
    Segment chain;
    Segment queued = null;
    Segment kept = null;
    lock();
    try {
      chain = writer.abandon();
      if (replay != null) {
        queued = writer.keepLanded();
        kept = replay.clear();
      }
      for (Segment s = queue.take(); s != null; s = queue.take()) {
        s.next = queued;
        queued = s;
      }
      pendingBytes = 0;
    } finally {
      unlock();
    }
    writer.lose(chain);
    writer.lose(queued);
    writer.lose(kept);
  }

  // resumable sessions

  /**
   * The peer has handled so many messages.
   *
   * @return false when it cannot have: they were never sent, or it had handled more before
   */
  boolean acknowledge(long count) {
    Segment spare = null;
    int due = 0;
    lock();
    try {
      long sent = replay == null ? messages + 1 : replay.numbered(); // one may be written in place
      if (count < acknowledged || count > sent) {
        return false;
      }
      acknowledged = count;
      if (replay != null) {
        spare = replay.acknowledge(count);
        due = signals.due(pendingBytes, isReplayRoomy());
      }
    } finally {
      unlock();
    }
    writer.lose(spare);
    tellRoom(due);
    return true;
  }

  /** The link has ended and another one may come: what is accepted meanwhile waits for it. */
  void detach() {
    Segment own;
    lock();
    try {
      detached = true;
      long before = queue.bytes();
      own = queue.takeControl();
      pendingBytes -= (int) (before - queue.bytes());
    } finally {
      unlock();
    }
    writer.lose(own);
  }

  /** Whether the peer can have received so many messages, and what it lacks is still here. */
  boolean canReplay(long received) {
    lock();
    try {
      return !closed && received >= acknowledged && received <= replay.numbered();
    } finally {
      unlock();
    }
  }

  /**
   * Goes on over another link, from where the peer is. On that link's loop, after {@link #detach}.
   *
   * @param greeting what that link has been written to with; its rest goes first, and it is over
   * @param received how many messages the peer has received
   * @return false when the session has ended
   */
  boolean attach(Link other, Events owner, Outbound greeting, long received) {
    Segment spare;
    lockWithNobodyWriting();
    try {
      if (closed) {
        return false;
      }
      int before = writer.flightBytes();
      spare = writer.goOn(other, greeting.surrender(), received);
      writer.countIn(greeting.writer);
      pendingBytes += writer.flightBytes() - before;
      link = other;
      events = owner;
      detached = false;
      blocked = false;
    } finally {
      unlock();
    }
    writer.lose(spare);
    return true;
  }

  /** Gives away what is not written, and ends. */
  private Segment surrender() {
    lock();
    try {
      closed = true;
      pendingBytes = 0;
      return writer.surrender(queue);
    } finally {
      unlock();
    }
  }

  /** Ends, and gives copies of the messages that the peer has not acknowledged. */
  List<ByteBuffer> endUnacknowledged() {
    Segment all;
    Segment spare;
    lockWithNobodyWriting();
    try {
      if (closed || replay == null) {
        return List.of();
      }
      closed = true;
      pendingBytes = 0;
      spare = writer.goOn(link, null, acknowledged);
      all = writer.surrender(queue);
    } finally {
      unlock();
    }
    List<ByteBuffer> payloads = MessageChain.payloads(all, addsChecksums());
    writer.lose(spare);
    writer.lose(all);
    waiters.signalAll();
    return payloads;
  }

  /** After {@link #detach}: somebody's last write to the old link, which does not block, may go on. */
  private void lockWithNobodyWriting() {
    lock();
    while (writing) {
      unlock();
      Thread.onSpinWait();
      lock();
    }
  }

  /** Memory that is held for the peer, in bytes; a hint without the lock. */
  long heldBytes() {
    return pendingBytes + (replay == null ? 0 : replay.bytes());
  }

  // looking

  boolean isClosed() {
    return closed || finishing;
  }

  /** Bytes accepted and not yet with the kernel; a hint without the lock. */
  int pendingBytes() {
    return pendingBytes;
  }

  long messages() {
    return messages;
  }

  /** How many messages the peer has handled, as far as it said so. */
  long acknowledged() {
    return acknowledged;
  }

  long refusals() {
    return signals.refusals();
  }

  long bytesWritten() {
    return writer.bytesWritten();
  }

  long writes() {
    return writer.writes();
  }

  SessionLimits limits() {
    return limits;
  }
}
