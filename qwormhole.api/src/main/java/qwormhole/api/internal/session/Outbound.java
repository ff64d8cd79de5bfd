package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.Frames;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.FlushPolicy.Next;
import qwormhole.api.spi.Link;

/**
 * Accepts what one link is to send, from any thread, and lets whoever's turn it is write it. It adds
 * frames under {@link OutboundRoom}'s lock, which bounds them and guards the queue; {@link Flusher}
 * writes, and {@link OutboundResumption} takes what is unacknowledged to another link.
 */
final class Outbound {
  /** A caller that can wait is held over this: a short queue stays in the cache. */
  static final int WAIT_BYTES = 192 << 10;

  private static final int IN_PLACE_BYTES = 128 << 10;

  /** Writes what is accepted here. */
  final Flusher flusher;

  private final SessionLimits limits;
  private final OutboundRoom room;
  private final OutboundQueue queue; // guarded by the room's lock
  private final WriteTurn turn; // guarded by the room's lock
  private final LinkWriter writer;
  private final SegmentPool pool;
  private SegmentLoans loans; // from the first batch on; any thread may make it
  private OutboundResumption resumption; // null unless resumable; set before others may send
  private int overheadBytes = Frames.HEADER_BYTES; // set before others may send

  Outbound(
      Link link,
      Timers timers,
      SegmentPool pool,
      StreamGuard guard,
      OutboundEvents events,
      SessionLimits limits,
      TokenBucket rate) {
    this.limits = limits;
    this.room = new OutboundRoom(timers, limits, events);
    this.queue = new OutboundQueue(pool);
    this.writer = new LinkWriter(link, timers, pool, rate);
    this.flusher = new Flusher(link, room, queue, writer, timers, guard);
    this.turn = flusher.turn();
    this.pool = pool;
  }

  /** From now on messages carry a checksum; before others may send. */
  void addChecksums() {
    room.lock();
    try {
      queue.addChecksums();
      overheadBytes = Frames.HEADER_BYTES + Frames.CHECKSUM_BYTES;
    } finally {
      room.unlock();
    }
  }

  /** Whether there is more to a frame than a length word, so that only the queue can write it. */
  boolean addsChecksums() {
    return overheadBytes > Frames.HEADER_BYTES;
  }

  /** From now on at most so many frames go out in one write. */
  void limitBatch(int frames) {
    room.lock();
    try {
      writer.limitBatch(frames);
    } finally {
      room.unlock();
    }
  }

  /**
   * From now on what is written is kept until the peer has acknowledged it, at most so many bytes;
   * before others may send.
   */
  void retain(int maxBytes) {
    resumption = new OutboundResumption(room, new Retention(maxBytes), queue, writer, flusher);
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
    if (timeoutNanos > 0 && !flusher.link().inLoop()) {
      long deadline = System.nanoTime() + timeoutNanos;
      boolean inTime = true;
      while (result == SendResult.BACK_PRESSURED && inTime) {
        int generation = room.waiters().generation();
        flusher.flushAsSender();
        result = add(payload, priority, null, wait, true);
        inTime = result != SendResult.BACK_PRESSURED || room.waiters().await(generation, deadline);
      }
      if (result != SendResult.BACK_PRESSURED || Thread.currentThread().isInterrupted()) {
        return result;
      }
    }
    return offer(payload, priority, null);
  }

  /** A large message waits for an empty queue, to be written from where it lies. */
  private static int waitBytes(ByteBuffer payload) {
    return payload.remaining() >= IN_PLACE_BYTES ? OutboundRoom.RESUME_BYTES : WAIT_BYTES;
  }

  /**
   * Adds a frame of the protocol itself, ahead of all messages; with its length word, or without.
   *
   * @return false when there is no link to write it to, or no memory
   */
  boolean addControl(ByteBuffer frame, boolean withHeader) {
    boolean added;
    boolean write;
    room.lock();
    try {
      added = queueControl(frame, withHeader);
      write = added && turn.take();
    } finally {
      room.unlock();
    }
    if (write) {
      flusher.writeQueued();
    }
    return added;
  }

  /**
   * Adds such a frame and leaves it to {@link #flush}, or to whoever writes before, to write it.
   *
   * @return false when there is no link to write it to, or no memory
   */
  boolean holdControl(ByteBuffer frame, boolean withHeader) {
    room.lock();
    try {
      return queueControl(frame, withHeader);
    } finally {
      room.unlock();
    }
  }

  /** With the lock held; false when the link is ending or no memory is left: a ping goes unanswered. */
  private boolean queueControl(ByteBuffer frame, boolean withHeader) {
    if (room.isEnded()
        || turn.isDetached()
        || !queue.add(frame, withHeader, OutboundQueue.CONTROL_PRIORITY, false, false)) {
      return false;
    }
    room.add(frame.remaining() + (withHeader ? Frames.HEADER_BYTES : 0), 0);
    return true;
  }

  /** Refuses over the limit; see {@link OutboundRoom#isFull}. */
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
      flusher.flush();
      if (takeTurnInPlace()) {
        boolean written = flusher.writeInPlace(payload, completion);
        return written ? SendResult.SENT : SendResult.CLOSED;
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
    room.lock();
    try {
      if (room.isClosed()) {
        result = SendResult.CLOSED;
      } else if (room.isFull(size, limit) || !enqueue(payload, priority)) {
        result = SendResult.BACK_PRESSURED;
        refusal = room.refuse(size, canWait);
      } else {
        if (completion != null) {
          queue.completeLast(priority, completion);
        }
        room.add(size, 1);
        next = turn.next();
      }
    } finally {
      room.unlock();
    }
    if (refusal != 0) {
      room.tellRefusal(refusal);
    }
    flusher.act(next);
    return result;
  }

  /** With the lock held; false when no memory is left. */
  private boolean enqueue(ByteBuffer payload, int priority) {
    boolean streaming = turn.isStreaming();
    return queue.add(
        payload,
        limits.framed(),
        Math.max(priority, OutboundQueue.CONTROL_PRIORITY + 1),
        streaming || !room.isEmpty(),
        streaming && turn.isFree());
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

  /** For batches. */
  SegmentLoans loans() {
    SegmentLoans made = loans;
    if (made == null) {
      made = new SegmentLoans(room, queue, pool, flusher, limits.maxOutboundBytes());
      loans = made;
    }
    return made;
  }

  // writing

  /** The turn, when a payload may be written from where it lies: nothing is before it. */
  private boolean takeTurnInPlace() {
    if (!limits.framed() || addsChecksums() || writer.isLimited() || room.retention() != null) {
      return false;
    }
    room.lock();
    try {
      return room.isEmpty() && !room.isClosed() && turn.take();
    } finally {
      room.unlock();
    }
  }

  /** Writes what is queued now, unless someone is at it. */
  void flush() {
    flusher.flush();
  }

  /** As {@link #flush}, for a thread that others depend on: a write may not return. */
  void flushOnLoop() {
    flusher.link().execute(flusher::flush);
  }

  /** A sender that waited for room makes some itself, if it can. */
  void flushAsSender() {
    flusher.flushAsSender();
  }

  /** The loop is about to run handlers: replies gather. */
  void beginGathering() {
    flusher.beginGathering();
  }

  /** The input is used up: what gathered goes out. */
  void endGathering() {
    flusher.endGathering();
  }

  /** The link takes bytes again. */
  void onWritable() {
    flusher.onWritable();
  }

  /** Accepts no messages any more; {@link #finish} follows. */
  void refuseMessages() {
    room.lock();
    try {
      room.refuseMessages();
    } finally {
      room.unlock();
    }
    room.waiters().signalAll();
  }

  /** Accepts nothing more; {@link OutboundEvents#onFinished} follows when all is with the kernel. */
  void finish() {
    flusher.finish();
  }

  /** The link has ended: nothing is accepted or written any more, and waiters go. */
  void close() {
    flusher.close();
  }

  // resumable sessions

  /**
   * The peer has handled so many messages.
   *
   * @return false when it cannot have: they were never sent, or it had handled more before
   */
  boolean acknowledge(long count) {
    return room.acknowledge(count, writer);
  }

  /** The link has ended and another one may come: what is accepted meanwhile waits for it. */
  void detach() {
    Segment own;
    room.lock();
    try {
      turn.detach();
      long before = queue.bytes();
      own = queue.takeControl();
      room.add((int) (queue.bytes() - before), 0);
    } finally {
      room.unlock();
    }
    writer.lose(own);
  }

  /** Whether the peer can have received so many messages, and what it lacks is still here. */
  boolean canReplay(long received) {
    return resumption.canReplay(received);
  }

  /**
   * Goes on over another link, from where the peer is. On that link's loop, after {@link #detach}.
   *
   * @param greeting what that link has been written to with; its rest goes first, and it is over
   * @param received how many messages the peer has received
   * @return false when the session has ended
   */
  boolean attach(Link other, OutboundEvents owner, Outbound greeting, long received) {
    return resumption.attach(other, owner, greeting, received);
  }

  /** Gives away what is not written, and ends. */
  Segment surrender() {
    room.lock();
    try {
      room.end();
      room.clear();
      return writer.surrender(queue);
    } finally {
      room.unlock();
    }
  }

  /** Ends, and gives copies of the messages that the peer has not acknowledged. */
  List<ByteBuffer> endUnacknowledged() {
    return resumption == null ? List.of() : resumption.endUnacknowledged(addsChecksums());
  }

  /** Memory that is held for the peer, in bytes; a hint without the lock. */
  long heldBytes() {
    return room.heldBytes();
  }

  // looking

  /** Asks for one {@link OutboundEvents#onRoom()}; false when there is room already. */
  boolean watchRoom() {
    return room.watch();
  }

  boolean isClosed() {
    return room.isClosed();
  }

  /** Whether there is a link that frames can be written to. */
  boolean hasLink() {
    room.lock();
    try {
      return !room.isEnded() && !turn.isDetached();
    } finally {
      room.unlock();
    }
  }

  /** Bytes accepted and not yet with the kernel; a hint without the lock. */
  int pendingBytes() {
    return room.pendingBytes();
  }

  long messages() {
    return room.messages();
  }

  /** How many messages the peer has handled, as far as it said so. */
  long acknowledged() {
    return room.acknowledged();
  }

  /**
   * How many accepted messages the peer has not acknowledged. Read in this order, as senders and
   * acknowledgements go on; one that is written in place may be acknowledged before it is counted.
   */
  long unacknowledged() {
    long known = room.acknowledged();
    return Math.max(0, room.messages() - known);
  }

  long refusals() {
    return room.refusals();
  }

  long bytesWritten() {
    return writer.bytesWritten();
  }

  long writes() {
    return writer.writes();
  }

  LinkWriter writer() {
    return writer;
  }

  SessionLimits limits() {
    return limits;
  }
}
