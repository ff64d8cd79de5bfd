package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.OutboundQueue;

/**
 * Who writes what was just added, when nobody is writing. Guarded by {@link OutboundRoom}'s lock.
 *
 * <ul>
 *   <li>an idle link: the sender, at once; no hand-off, no wake-up;
 *   <li>sends within {@link #IDLE_NANOS} of the last write: they gather, and the loop is woken once;
 *   <li>{@link #FLUSH_BYTES} have gathered: the sender;
 *   <li>a stream, where senders fill that much within {@link StreamGuard#PERIOD_NANOS}: the senders
 *       alone. The loop stays asleep, since its small writes would take the processors from the
 *       sender and the reader; the guard sees to the tail;
 *   <li>inside a handler: replies gather until the input that was read is used up.
 * </ul>
 */
final class FlushPolicy {
  static final long IDLE_NANOS = 20_000;

  /** A little less than a segment, so that frames of up to 4 KiB leave in one piece of memory. */
  static final int FLUSH_BYTES = OutboundQueue.SEGMENT_BYTES - (4 << 10);

  /** A stream that has not written for so long is none any more. */
  private static final long STREAM_IDLE_NANOS = 2 * StreamGuard.PERIOD_NANOS;

  /** What gathers while a loop wakes up, when sends come as fast as a stream's. */
  private static final int STREAM_BYTES = 16 << 10;

  /** What the one who added is to do. */
  enum Next {
    NOTHING,
    WRITE,
    WAKE_LOOP,
    ASK_GUARD
  }

  private final Timers timers;
  private boolean flushPending;
  private boolean guarded;
  private boolean streaming;
  private boolean filled;
  private boolean streamEnded;
  private long lastWriteNanos;
  private Thread gatherer;
  private boolean gathered;

  FlushPolicy(Timers timers) {
    this.timers = timers;
    this.lastWriteNanos = timers.nanoTime() - IDLE_NANOS;
  }

  /** Decides for what was just added. */
  Next next(long queuedBytes) {
    if (queuedBytes >= FLUSH_BYTES) {
      // A single large message after a pause is no stream: nothing of it is left for a next write.
      streaming = timers.nanoTime() - lastWriteNanos <= STREAM_IDLE_NANOS;
      filled = true;
      return Next.WRITE;
    }
    if (flushPending) {
      return Next.NOTHING;
    }
    if (gatherer != null && gatherer == Thread.currentThread()) {
      gathered = true;
      return Next.NOTHING;
    }
    if (timers.nanoTime() - lastWriteNanos > (streaming ? STREAM_IDLE_NANOS : IDLE_NANOS)) {
      streaming = false;
      return Next.WRITE;
    }
    if (!streaming) {
      flushPending = true;
      return Next.WAKE_LOOP;
    }
    return leftInStream() ? Next.ASK_GUARD : Next.NOTHING;
  }

  /** Something is left for the stream's next write; whether the guard is to be asked. */
  boolean leftInStream() {
    flushPending = true;
    boolean ask = !guarded;
    guarded = true;
    return ask;
  }

  /** Whether more is to be expected soon, so that a large segment is worth it. */
  boolean isStreaming() {
    return streaming;
  }

  /** The turn has been given back. */
  void wrote() {
    lastWriteNanos = timers.nanoTime();
  }

  /** The turn was given back with something left, for the loop to go on. */
  void leftToLoop() {
    flushPending = true;
  }

  /** The loop has come to flush. */
  void loopFlushes(long queuedBytes) {
    flushPending = false;
    streaming |= !streamEnded && queuedBytes >= STREAM_BYTES;
    streamEnded = false;
  }

  /** The guard looks: whether senders have filled a write since the last look. */
  boolean guardLooks(boolean anythingLeft) {
    boolean still = filled;
    filled = false;
    if (!still) {
      guarded = false;
      streaming = false;
      flushPending = anythingLeft;
      streamEnded = anythingLeft;
    }
    return still;
  }

  /** From now on this thread's sends gather. The loop only, without the lock. */
  void beginGathering() {
    gatherer = Thread.currentThread();
  }

  /** Whether anything has gathered. The loop only, without the lock. */
  boolean endGathering() {
    gatherer = null;
    boolean any = gathered;
    gathered = false;
    return any;
  }
}
