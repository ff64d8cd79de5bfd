package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.session.FlushPolicy.Next;

/**
 * Says whose turn it is to write to one link, and for how long. At most one thread has the turn: whoever
 * added something, a sender that waits, or the loop. Every method but the gathering is called with
 * {@link OutboundRoom}'s lock held, which guards the fields; {@link Flusher} acts on the answers without
 * it.
 */
final class WriteTurn {
  private static final int BYTES_PER_TURN = 1 << 20;

  // What is to be done after a write, as bits above those of RoomSignals.

  /** The turn has been given back; without it the holder writes on. */
  static final int END = 8;

  /** The socket is full. */
  static final int FULL = 16;

  /** The loop goes on: a sender has other work, a loop other links. */
  static final int OTHERS = 32;

  /** All is written that will ever be. */
  static final int FINISHED = 64;

  /** The link has ended. */
  static final int CLOSED = 128;

  /** The guard sees to what is left in the stream. */
  static final int GUARD = 256;

  /** Above it: for how many nanoseconds the rate limit forbids to write. */
  static final int RATE_SHIFT = 9;

  private final OutboundRoom room;
  private final OutboundQueue queue;
  private final LinkWriter writer;
  private final FlushPolicy policy;
  private boolean writing;
  private boolean blocked; // by the socket or the rate limit
  private boolean detached; // between a resumable session's links
  private boolean flushAll;

  WriteTurn(OutboundRoom room, OutboundQueue queue, LinkWriter writer, FlushPolicy policy) {
    this.room = room;
    this.queue = queue;
    this.writer = writer;
    this.policy = policy;
  }

  // taking it

  /** Takes the turn, if it is free and there is a link that takes bytes. */
  boolean take() {
    boolean taken = isAvailable();
    writing |= taken;
    return taken;
  }

  private boolean isAvailable() {
    return !writing && !blocked && !room.isEnded() && !detached;
  }

  /** Takes it to write all that is queued, also what a stream would leave. */
  boolean takeToFlush() {
    boolean taken = queue.bytes() > 0 && take();
    flushAll |= taken;
    return taken;
  }

  /** The loop takes it, to write all that is left. */
  boolean takeOnLoop() {
    policy.loopFlushes(queue.bytes());
    boolean taken = takeLeft();
    flushAll |= taken;
    return taken;
  }

  /** Takes it if anything is left that nobody writes. */
  boolean takeLeft() {
    return isAnythingLeft() && take();
  }

  /** What is in flight counts only while nobody writes it. */
  private boolean isAnythingLeft() {
    return !writing && (queue.bytes() > 0 || writer.hasFlight());
  }

  /** Who writes what was just added; the turn has been taken when it is who added it. */
  Next next() {
    if (writing || blocked || detached) {
      return Next.NOTHING; // the holder of the turn, or the loop, looks again
    }
    Next next = policy.next(queue.bytes());
    writing = next == Next.WRITE;
    return next;
  }

  /** Whether more is to be expected soon. */
  boolean isStreaming() {
    return policy.isStreaming();
  }

  /** Whether what is added to a stream now is written soon. */
  boolean isFree() {
    return !writing && !blocked;
  }

  boolean isTaken() {
    return writing;
  }

  // having it

  /** Takes what is written next, or gives the turn back; bits that say what is to be done. */
  long goOn(boolean full, int writtenInTurn) {
    if (!full && !writer.hasFlight() && !room.isEnded() && !detached) {
      writer.take(queue, leastToTake());
    }
    long outcome = outcome(full, writtenInTurn);
    if ((outcome & END) != 0) {
      writing = false;
      flushAll = false;
      policy.wrote();
      if (outcome == END && queue.bytes() > 0 && policy.leftInStream()) {
        outcome |= GUARD;
      }
    }
    return outcome;
  }

  /** A stream leaves the segment that it is filling, unless something else wants to go. */
  private int leastToTake() {
    boolean leave = policy.isStreaming() && !flushAll && !room.isFinishing() && !queue.hasOthers();
    return leave ? FlushPolicy.FLUSH_BYTES : 1;
  }

  private long outcome(boolean full, int writtenInTurn) {
    if (room.isEnded()) {
      return END | CLOSED;
    }
    if (detached) {
      return END;
    }
    if (full) {
      blocked = true;
      return END | FULL;
    }
    if (!writer.hasFlight()) {
      return room.isFinishing() && room.isEmpty() ? END | FINISHED : END;
    }
    if (writtenInTurn >= BYTES_PER_TURN) {
      policy.leftToLoop();
      return END | OTHERS;
    }
    long delay = writer.rateDelayNanos();
    blocked = delay > 0;
    return delay > 0 ? END | delay << RATE_SHIFT : 0;
  }

  /** Gives the turn back after a write that failed. */
  void drop() {
    writing = false;
  }

  // what the link, the guard and the session say

  /** The socket, or the rate limit, takes bytes again. */
  void unblock() {
    blocked = false;
  }

  /** Something is left for the stream's next write; whether the guard is to be asked. */
  boolean leftInStream() {
    return policy.leftInStream();
  }

  /** Whether anything is left that nobody writes and that could be written. */
  boolean couldTakeLeft() {
    return isAnythingLeft() && isAvailable();
  }

  /** The guard looks; whether senders have filled a write since its last look. */
  boolean guardLooks(boolean anythingLeft) {
    return policy.guardLooks(anythingLeft) && !room.isEnded();
  }

  /** The loop is about to run handlers: its sends gather. The loop only, without the lock. */
  void beginGathering() {
    policy.beginGathering();
  }

  /** Whether anything has gathered. The loop only, without the lock. */
  boolean endGathering() {
    return policy.endGathering();
  }

  /** There is no link to write to, until {@link #attach}. */
  void detach() {
    detached = true;
  }

  boolean isDetached() {
    return detached;
  }

  /** There is another link. */
  void attach() {
    detached = false;
    blocked = false;
  }
}
