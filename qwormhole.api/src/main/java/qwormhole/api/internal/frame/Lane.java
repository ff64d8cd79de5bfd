package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/**
 * Frames of one priority, encoded one behind the other into a chain of segments. A frame that does not
 * fit into the last segment begins a fresh one, so that other priorities can go before it; only a large
 * one in a stream goes on from segment to segment. Not thread-safe: its owner locks.
 */
final class Lane {
  private static final int SMALL_SEGMENT_BYTES = 4 << 10;
  private static final int LARGE_FRAME_BYTES = 16 << 10;

  /**
   * What one TCP segment holds on Linux's loopback, whose packets are of at most 65 535 bytes: 52 go to
   * the headers of IPv4 and TCP with timestamps. A write of a little more makes two packets and takes
   * twice the time.
   */
  static final int SEGMENT_BYTES = 65_535 - 52;

  final int priority;
  private final SegmentPool pool;
  private final int framesPerAppend;
  private Segment head;
  private Segment tail;

  Lane(int priority, SegmentPool pool) {
    this.priority = priority;
    this.pool = pool;
    this.framesPerAppend = priority == OutboundQueue.CONTROL_PRIORITY ? 0 : 1;
  }

  Segment head() {
    return head;
  }

  /**
   * Encodes a frame at the end.
   *
   * @param header whether a length word goes before the payload
   * @param growing whether more is to be expected, so that a large segment is worth it
   * @param stream whether a large frame may fill the last segment and go on in the next
   * @return false when the pool has no memory; nothing was added then
   */
  boolean append(boolean header, ByteBuffer payload, boolean growing, boolean stream) {
    int length = payload.remaining();
    int headerBytes = header ? Frames.HEADER_BYTES : 0;
    Segment last = tail;
    if (last != null && last.memory.remaining() >= headerBytes + length) {
      put(last.memory, headerBytes, payload, payload.position(), length);
      last.frames += framesPerAppend;
      return true;
    }
    if (stream && last != null && length >= LARGE_FRAME_BYTES) {
      return appendOn(last, headerBytes, payload);
    }
    return appendFresh(headerBytes, payload, growing);
  }

  /** Encodes a frame with its checksum at the end; false when the pool has no memory. */
  boolean append(FrameChecksum checksum, ByteBuffer payload, boolean growing) {
    int length = payload.remaining() + Frames.CHECKSUM_BYTES;
    int size = Frames.HEADER_BYTES + length;
    if (tail != null && tail.memory.remaining() >= size) {
      putChecked(tail, length, payload, checksum);
      tail.frames += framesPerAppend;
      return true;
    }
    boolean small = !growing && size <= SMALL_SEGMENT_BYTES;
    Segment first = acquire(small ? SMALL_SEGMENT_BYTES : SEGMENT_BYTES, size);
    if (first == null) {
      return false;
    }
    first.startsFrame = true;
    putChecked(first, length, payload, checksum);
    first.frames = framesPerAppend;
    markRest(first.next);
    addChain(first);
    return true;
  }

  private static void putChecked(
      Segment to, int length, ByteBuffer payload, FrameChecksum checksum) {
    int start = to.memory.position();
    to.memory.putInt(length);
    fill(to, payload, 0);
    checksum.put(to, start);
  }

  /** Fills the last segment and goes on in fresh ones. */
  private boolean appendOn(Segment last, int headerBytes, ByteBuffer payload) {
    int room = last.memory.remaining() - headerBytes;
    if (room < 0) {
      return appendFresh(headerBytes, payload, true);
    }
    int length = payload.remaining();
    Segment rest = acquire(SEGMENT_BYTES, length - room);
    if (rest == null) {
      return false;
    }
    if (headerBytes > 0) {
      last.memory.putInt(length);
    }
    put(last.memory, 0, payload, payload.position(), room);
    fill(rest, payload, room);
    last.frames += framesPerAppend;
    markRest(rest);
    addChain(rest);
    return true;
  }

  /** What a frame goes on in: the next one begins behind it. */
  private static void markRest(Segment chain) {
    for (Segment s = chain; s != null; s = s.next) {
      s.firstFrame = s.memory.position();
    }
  }

  private boolean appendFresh(int headerBytes, ByteBuffer payload, boolean growing) {
    int length = payload.remaining();
    int size = headerBytes + length;
    int bytes = !growing && size <= SMALL_SEGMENT_BYTES ? SMALL_SEGMENT_BYTES : SEGMENT_BYTES;
    Segment first = acquire(bytes, size);
    if (first == null) {
      return false;
    }
    first.startsFrame = true;
    if (headerBytes > 0) {
      first.memory.putInt(length);
    }
    fill(first, payload, 0);
    first.frames = framesPerAppend;
    markRest(first.next);
    addChain(first);
    return true;
  }

  /** Copies a payload, from an offset on, into a chain that has room for it. */
  private static void fill(Segment chain, ByteBuffer payload, int offset) {
    int from = payload.position() + offset;
    for (Segment to = chain; to != null; to = to.next) {
      int count = Math.min(payload.limit() - from, to.memory.remaining());
      put(to.memory, 0, payload, from, count);
      from += count;
    }
  }

  /** Adds segments that were filled elsewhere and begin with a frame. */
  void addChain(Segment first) {
    if (tail == null) {
      head = first;
    } else {
      tail.next = first;
    }
    Segment last = first;
    while (last.next != null) {
      last = last.next;
    }
    tail = last;
  }

  /** The future completes when what has been added last is with the kernel. */
  void completeLast(CompletableFuture<Void> completion) {
    if (tail.completions == null) {
      tail.completions = new ArrayList<>(2);
    }
    tail.completions.add(completion);
  }

  /** Takes the first segment, ready to be read. */
  Segment take() {
    Segment segment = head;
    head = segment.next;
    if (head == null) {
      tail = null;
    }
    segment.next = null;
    segment.memory.flip();
    return segment;
  }

  private static void put(ByteBuffer to, int headerBytes, ByteBuffer from, int at, int length) {
    int position = to.position();
    if (headerBytes > 0) {
      to.putInt(position, length);
    }
    to.put(position + headerBytes, from, at, length);
    to.position(position + headerBytes + length);
  }

  /** A segment with room for exactly so many bytes, or null when the pool is used up. */
  static Segment segment(SegmentPool pool, int bytes) {
    Segment segment = pool.acquire(bytes);
    if (segment != null) {
      segment.memory.limit(bytes);
    }
    return segment;
  }

  /** A chain of segments with room for so many bytes, or null when the pool is used up. */
  private Segment acquire(int segmentBytes, int totalBytes) {
    Segment first = null;
    Segment last = null;
    for (int room = 0; room < totalBytes || first == null; room += segmentBytes) {
      Segment segment = segment(pool, segmentBytes);
      if (segment == null) {
        while (first != null) {
          Segment next = first.next;
          pool.release(first);
          first = next;
        }
        return null;
      }
      if (first == null) {
        first = segment;
      } else {
        last.next = segment;
      }
      last = segment;
    }
    return first;
  }
}
