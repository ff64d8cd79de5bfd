package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * What one connection has accepted and not yet begun to write: lanes by priority, lower numbers
 * first, first in first out within one. Bounded by its owner, which also locks.
 */
public final class OutboundQueue {
  /** What a segment holds, and what is best written at once. */
  public static final int SEGMENT_BYTES = Lane.SEGMENT_BYTES;

  /** Of the protocol's own frames, ahead of all messages. */
  public static final int CONTROL_PRIORITY = Integer.MIN_VALUE;

  private static final int MAX_EMPTY_LANES = 16;
  private static final Lane[] NONE = {};

  private final SegmentPool pool;
  private final Lane normal;
  private Lane[] others = NONE;
  private Lane unfinished;
  private FrameChecksum checksum;
  private long bytes;

  /** A queue whose segments come from a pool. */
  public OutboundQueue(SegmentPool pool) {
    this.pool = pool;
    this.normal = new Lane(0, pool);
  }

  /** From now on framed payloads carry a checksum. */
  public void addChecksums() {
    checksum = new FrameChecksum();
  }

  /** Bytes queued, headers included. */
  public long bytes() {
    return bytes;
  }

  /**
   * Adds a payload, with a length word before it when framed.
   *
   * @param growing whether more is expected, so that a large segment is worth it
   * @param stream whether it will be written soon, so that a large frame may go on from segment to
   *     segment although nothing can go before it then
   * @return false when the pool has no memory; nothing was added then
   */
  public boolean add(
      ByteBuffer payload, boolean framed, int priority, boolean growing, boolean stream) {
    Lane lane = priority == 0 ? normal : lane(priority);
    if (checksum != null && framed) {
      return addChecked(lane, payload, growing);
    }
    if (!lane.append(framed, payload, growing, stream)) {
      return false;
    }
    bytes += payload.remaining() + (framed ? Frames.HEADER_BYTES : 0);
    return true;
  }

  private boolean addChecked(Lane lane, ByteBuffer payload, boolean growing) {
    if (!lane.append(checksum, payload, growing)) {
      return false;
    }
    bytes += payload.remaining() + Frames.HEADER_BYTES + Frames.CHECKSUM_BYTES;
    return true;
  }

  /** A segment to be filled elsewhere, or null when the pool is used up. */
  public static Segment segment(SegmentPool pool) {
    return Lane.segment(pool, SEGMENT_BYTES);
  }

  /** Whether anything waits at a priority other than the default. */
  public boolean hasOthers() {
    for (Lane lane : others) {
      if (lane.head() != null) {
        return true;
      }
    }
    return false;
  }

  /** Adds segments filled elsewhere, at the default priority. */
  public void addChain(Segment first) {
    for (Segment segment = first; segment != null; segment = segment.next) {
      bytes += segment.memory.position();
    }
    normal.addChain(first);
  }

  /** The future completes when what was added last at that priority is with the kernel. */
  public void completeLast(int priority, CompletableFuture<Void> completion) {
    (priority == 0 ? normal : lane(priority)).completeLast(completion);
  }

  /** Takes out the frames of the protocol itself, in a chain or null: they are of one link. */
  public Segment takeControl() {
    Segment taken = null;
    for (Lane lane : others) {
      while (lane.priority == CONTROL_PRIORITY && lane.head() != null) {
        Segment segment = lane.take();
        bytes -= segment.memory.remaining();
        segment.next = taken;
        taken = segment;
      }
    }
    return taken;
  }

  /** Takes the segment to write next, ready to be read, or null. */
  public Segment take() {
    Lane lane = unfinished != null ? unfinished : first();
    if (lane == null) {
      return null;
    }
    Segment segment = lane.take();
    bytes -= segment.memory.remaining();
    Segment next = lane.head();
    unfinished = next != null && !next.startsFrame ? lane : null;
    return segment;
  }

  private Lane first() {
    for (Lane lane : others) {
      if (lane.priority > 0) {
        break;
      }
      if (lane.head() != null) {
        return lane;
      }
    }
    if (normal.head() != null) {
      return normal;
    }
    for (Lane lane : others) {
      if (lane.head() != null) {
        return lane;
      }
    }
    return null;
  }

  /** The lane of a priority other than the default. Few are ever used, so some stay when empty. */
  private Lane lane(int priority) {
    int at = 0;
    while (at < others.length && others[at].priority < priority) {
      at++;
    }
    if (at == others.length || others[at].priority != priority) {
      if (others.length >= MAX_EMPTY_LANES) {
        others = Arrays.stream(others).filter(lane -> lane.head() != null).toArray(Lane[]::new);
        at = (int) Arrays.stream(others).filter(lane -> lane.priority < priority).count();
      }
      Lane[] grown = new Lane[others.length + 1];
      System.arraycopy(others, 0, grown, 0, at);
      grown[at] = new Lane(priority, pool);
      System.arraycopy(others, at, grown, at + 1, others.length - at);
      others = grown;
    }
    return others[at];
  }
}
