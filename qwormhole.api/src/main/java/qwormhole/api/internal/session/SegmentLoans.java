package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;

/**
 * Lends batches the segments that they fill, each charged whole until it comes back. Any thread; takes
 * {@link OutboundRoom}'s lock and has no state of its own.
 */
final class SegmentLoans {
  private final OutboundRoom room;
  private final OutboundQueue queue; // guarded by the room's lock
  private final SegmentPool pool;
  private final Flusher flusher;
  private final int maxBytes;

  SegmentLoans(
      OutboundRoom room, OutboundQueue queue, SegmentPool pool, Flusher flusher, int maxBytes) {
    this.room = room;
    this.queue = queue;
    this.pool = pool;
    this.flusher = flusher;
    this.maxBytes = maxBytes;
  }

  /**
   * A segment, or null when refused.
   *
   * @param canWait whether the caller waits then, so that a short queue is over its limit
   */
  Segment reserve(boolean canWait) {
    int limit = canWait ? Math.min(Outbound.WAIT_BYTES, maxBytes) : maxBytes;
    int refusal = 0;
    Segment segment = null;
    room.lock();
    try {
      if (room.isClosed()) {
        return null;
      }
      boolean full = room.isFull(OutboundQueue.SEGMENT_BYTES, limit);
      segment = full ? null : OutboundQueue.segment(pool);
      if (segment == null) {
        refusal = room.refuse(OutboundQueue.SEGMENT_BYTES, canWait);
      } else {
        room.add(OutboundQueue.SEGMENT_BYTES, 0);
      }
    } finally {
      room.unlock();
    }
    if (refusal != 0) {
      room.tellRefusal(refusal);
    }
    return segment;
  }

  /** A segment, waited for as a sender waits for room; null when it is refused still, or the end. */
  Segment reserveWithin(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    boolean inTime = true;
    Segment segment = null;
    while (segment == null && inTime && !room.isClosed()) {
      int generation = room.waiters().generation();
      flusher.flushAsSender();
      segment = reserve(true);
      inTime = segment != null || room.waiters().await(generation, deadline);
    }
    if (segment == null && !Thread.currentThread().isInterrupted()) {
      segment = reserve(false); // as a sender that does not wait
    }
    return segment;
  }

  /** Takes a segment back, filled with whole frames, and writes it. */
  void submit(Segment segment, int frames) {
    boolean write;
    room.lock();
    try {
      boolean ended = room.isEnded();
      room.add(ended ? 0 : -OutboundQueue.SEGMENT_BYTES, 0);
      if (ended || frames == 0) {
        pool.release(segment);
      } else {
        segment.startsFrame = true;
        segment.frames = frames;
        room.add(segment.memory.position(), frames);
        queue.addChain(segment);
      }
      write = flusher.turn().take(); // also for nothing: the end may wait for this segment
    } finally {
      room.unlock();
    }
    if (write) {
      flusher.writeQueued();
    }
  }
}
