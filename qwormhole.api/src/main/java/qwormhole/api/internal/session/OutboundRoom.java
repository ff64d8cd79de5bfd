package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.Segment;

/**
 * What one link has accepted and not yet written, how much more it may accept, and who is told when
 * there is room again. Its lock is that of the whole outbound side: what is said to be with the lock
 * held asks for it, all else takes it itself, and nobody is told anything while it is held.
 */
final class OutboundRoom extends SpinLock {
  /** Senders that wait for room are told at this. */
  static final int RESUME_BYTES = 64 << 10;

  private static final long MEMORY_LOOK_NANOS = 10_000_000;

  private final Timers timers;
  private final RoomSignals signals; // guarded by the lock
  private final RoomWaiters waiters = new RoomWaiters();

  // Change with the lock held.
  private volatile OutboundEvents events;
  private volatile boolean closed;
  private volatile boolean refusing;
  private volatile boolean finishing;
  private Retention retention; // null unless the session is resumable
  private int pendingBytes;
  private long messages;
  private volatile long acknowledged;

  OutboundRoom(Timers timers, SessionLimits limits, OutboundEvents events) {
    this.timers = timers;
    this.events = events;
    this.signals =
        new RoomSignals(RESUME_BYTES, limits.maxOutboundBytes(), limits.pauseBytes() / 2);
  }

  // with the lock held

  /**
   * Whether so many bytes more would be over the limit. They are not when nothing is pending, so that a
   * limit below one frame does not refuse for ever.
   */
  boolean isFull(int size, int limit) {
    return (pendingBytes > 0 && pendingBytes + (long) size > limit)
        || (limit != Integer.MAX_VALUE && isFullOfKept(pendingBytes + (long) size));
  }

  private boolean isFullOfKept(long bytes) {
    return retention != null && retention.isFull(messages - acknowledged, bytes);
  }

  private boolean isRoomy() {
    return retention == null || retention.isRoomy(messages - acknowledged, pendingBytes);
  }

  /** Bytes and messages have been accepted, or bytes written when negative. */
  void add(int bytes, int count) {
    pendingBytes += bytes;
    messages += count;
  }

  /** Nothing is pending any more: it was given up. */
  void clear() {
    pendingBytes = 0;
  }

  boolean isEmpty() {
    return pendingBytes == 0;
  }

  /** Whether messages are not accepted at all any more. */
  boolean isClosed() {
    return closed || finishing || refusing;
  }

  /** Accepts no messages any more, which is not all that is still to be written. */
  void refuseMessages() {
    refusing = true;
  }

  /** Accepts nothing more; what was accepted is still written. */
  void finish() {
    finishing = true;
  }

  boolean isFinishing() {
    return finishing;
  }

  /** Accepts nothing more, and nothing is written. */
  void end() {
    closed = true;
  }

  boolean isEnded() {
    return closed;
  }

  /** From now on what must be kept for the peer bounds what is accepted, too. */
  void retain(Retention kept) {
    retention = kept;
  }

  /** What must be kept for the peer; null unless the session is resumable. */
  Retention retention() {
    return retention;
  }

  /** From now on somebody else is told. */
  void events(OutboundEvents owner) {
    events = owner;
  }

  /**
   * A sender is refused; returns what {@link #tellRefusal} is to be given without the lock. With nothing
   * pending it is memory that is short, and no write of this link will tell when there is some.
   */
  int refuse(int size, boolean canWait) {
    boolean starved = pendingBytes == 0 && !isFullOfKept(size);
    return canWait ? signals.waits(starved) : signals.refuses(starved);
  }

  /** What {@link #tellRoom} is to be given without the lock. */
  int due() {
    return signals.due(pendingBytes, isRoomy());
  }

  /** Whether senders wait, who are told at once then. */
  boolean takeWaiters() {
    return signals.takeWaiters();
  }

  // without it

  void tellRefusal(int refusal) {
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
      due = signals.looked(pendingBytes, isRoomy());
    } finally {
      unlock();
    }
    waiters.signalAll();
    if (!closed) {
      tellRoom(due);
    }
  }

  void tellRoom(long due) {
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

  /** Asks for one {@link OutboundEvents#onRoom()}; false when there is room already. */
  boolean watch() {
    lock();
    try {
      return !closed && signals.watch(pendingBytes);
    } finally {
      unlock();
    }
  }

  /**
   * The peer has handled so many messages; false when it cannot have.
   *
   * @param writer whom memory goes back to that nobody wants any more
   */
  boolean acknowledge(long count, LinkWriter writer) {
    Segment spare = null;
    int due = 0;
    lock();
    try {
      // Without retention one may be written in place, and not counted yet.
      long sent = retention == null ? messages + 1 : retention.replay().numbered();
      if (count < acknowledged || count > sent) {
        return false;
      }
      acknowledged = count;
      if (retention != null) {
        spare = retention.replay().acknowledge(count);
        due = due();
      }
    } finally {
      unlock();
    }
    writer.lose(spare);
    tellRoom(due);
    return true;
  }

  /** Threads that wait for room. */
  RoomWaiters waiters() {
    return waiters;
  }

  OutboundEvents events() {
    return events;
  }

  // hints

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

  /** What is held for the peer. */
  long heldBytes() {
    Retention kept = retention;
    return pendingBytes + (kept == null ? 0 : kept.bytes());
  }

  long refusals() {
    return signals.refusals();
  }
}
