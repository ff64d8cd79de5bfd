package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import qwormhole.api.error.ErrorCode;

/**
 * Cuts a byte stream into frames, in place: whole frames are handed on as views of the memory they
 * arrived in, and only a frame that is cut by the end of a chunk is copied. Memory grows with the
 * bytes received, never with a length that was only declared. Used by one thread.
 */
public final class FrameDecoder {
  private static final int FIRST_HOLD_BYTES = 4 << 10;

  private final SegmentPool pool;
  private int maxPayload;
  private int maxLength;
  private CRC32C checksum;
  private boolean controlAllowed;
  private Segment held;
  private int heldFrom;
  private boolean stopped;
  private boolean ended;
  private ByteBuffer chunk;
  private ByteBuffer chunkView;

  /** A decoder with a limit on the payload of data frames, in bytes. */
  public FrameDecoder(SegmentPool pool, int maxPayload) {
    this.pool = pool;
    maxPayload(maxPayload);
  }

  /** Sets the payload limit for the frames to come. */
  public void maxPayload(int bytes) {
    maxPayload = bytes;
    maxLength = bytes + (checksum == null ? 0 : Frames.CHECKSUM_BYTES);
  }

  /** From now on data frames end with a CRC-32C of their length word and payload. */
  public void expectChecksums() {
    checksum = new CRC32C();
    maxPayload(maxPayload);
  }

  /** From now on the top bit of a length word marks a control frame. */
  public void allowControl() {
    controlAllowed = true;
  }

  /** Bytes kept of a frame that has not arrived whole, or that wait for {@link #resume}. */
  public int heldBytes() {
    return held == null ? 0 : held.memory.position() - heldFrom;
  }

  /** Ends decoding for good and gives memory back; what was kept is forgotten. */
  public void end() {
    ended = true;
    releaseHeld();
    chunk = null;
    chunkView = null;
  }

  /**
   * Takes a chunk whole. When the sink stops the decoder, the rest, and what a provider still hands
   * over until its pause takes effect, is kept for {@link #resume}.
   *
   * @throws FrameException when the stream is broken; the decoder has ended then
   */
  public void decode(ByteBuffer in, FrameSink sink) throws FrameException {
    try {
      take(in, sink);
    } catch (FrameException e) {
      end(); // also when it was the sink that found fault
      throw e;
    }
  }

  private void take(ByteBuffer in, FrameSink sink) throws FrameException {
    if (ended) {
      return;
    }
    if (held != null) {
      if (stopped) {
        fill(in, held.memory.position() + in.remaining());
        return;
      }
      if (!completeHeld(in, sink)) {
        return;
      }
    }
    int consumed = stopped ? in.position() : scan(in, viewOf(in), sink);
    in.position(in.limit());
    if (!ended && consumed < in.limit()) {
      hold(in, consumed, in.limit());
    }
  }

  /** Keeps all that comes for {@link #resume}, as when the sink stops the decoder. */
  public void stop() {
    stopped = true;
  }

  /** Goes on after the sink stopped the decoder. Returns whether all that was kept is decoded. */
  public boolean resume(FrameSink sink) throws FrameException {
    boolean waiting = stopped && held != null;
    stopped = false;
    if (!waiting || ended) {
      return !ended;
    }
    Segment from = held;
    int length = from.memory.position();
    held = null;
    try {
      int consumed = scan(from.memory.flip().position(heldFrom), from.readOnlyView(), sink);
      if (!ended && consumed < length) {
        keep(from, consumed, length);
      }
    } catch (FrameException e) {
      end();
      throw e;
    } finally {
      if (held != from) {
        pool.release(from);
      }
    }
    return !stopped && !ended;
  }

  /** Many whole frames stay where they are; a piece of one moves to memory of its own size. */
  private void keep(Segment from, int consumed, int length) throws FrameException {
    if (stopped) {
      from.memory.clear().position(length);
      held = from;
      heldFrom = consumed;
    } else {
      hold(from.memory, consumed, length);
    }
  }

  /** Hands on the whole frames between position and limit; returns where the rest begins. */
  private int scan(ByteBuffer in, ByteBuffer view, FrameSink sink) throws FrameException {
    int at = in.position();
    int end = in.limit();
    int max = maxLength;
    while (end - at >= Frames.HEADER_BYTES) {
      int word = in.getInt(at);
      int length = word < 0 || word > max ? checkOdd(word) : word;
      int from = at + Frames.HEADER_BYTES;
      if (length > end - from) {
        break;
      }
      at = from + length;
      if (!deliver(view, from, at, word < 0, sink)) {
        stopped = true;
        break;
      }
      if (ended) {
        break;
      }
      max = maxLength;
    }
    return at;
  }

  private boolean deliver(ByteBuffer view, int from, int to, boolean control, FrameSink sink)
      throws FrameException {
    view.limit(to).position(from);
    if (view.order() != ByteOrder.BIG_ENDIAN) {
      // A handler changed it on an earlier message; each message starts in network order.
      view.order(ByteOrder.BIG_ENDIAN);
    }
    if (control) {
      int kind = view.get(from) & 0xff;
      view.position(from + 1);
      return sink.onControl(kind, view);
    }
    return sink.onFrame(checksum == null ? view : verified(view, from, to));
  }

  /** The payload alone, of a frame whose checksum is right. */
  private ByteBuffer verified(ByteBuffer view, int from, int to) throws FrameException {
    int end = to - Frames.CHECKSUM_BYTES;
    if (end < from) {
      throw broken(ErrorCode.E_CHECKSUM, "a frame without its checksum");
    }
    int expected = view.getInt(end);
    checksum.reset();
    checksum.update(view.limit(end).position(from - Frames.HEADER_BYTES));
    if ((int) checksum.getValue() != expected) {
      throw broken(ErrorCode.E_CHECKSUM, "a frame whose checksum is wrong");
    }
    return view.position(from);
  }

  /** A length word that is no data frame's: returns a control frame's length, or refuses. */
  private int checkOdd(int word) throws FrameException {
    if (word < 0 && controlAllowed) {
      int length = word & ~Frames.CONTROL_BIT;
      if (length >= 1 && length <= Frames.MAX_CONTROL_BYTES) {
        return length;
      }
      throw broken(ErrorCode.E_PROTOCOL_ERROR, "control frame of " + length + " bytes");
    }
    throw broken(
        ErrorCode.E_FRAME_TOO_LARGE,
        "frame length " + Integer.toUnsignedString(word) + " exceeds the limit " + maxPayload);
  }

  private FrameException broken(ErrorCode code, String reason) {
    end();
    return new FrameException(code, reason);
  }

  /** Completes the kept frame from a chunk; false when it is still not whole or decoding ended. */
  private boolean completeHeld(ByteBuffer in, FrameSink sink) throws FrameException {
    if (!fill(in, Frames.HEADER_BYTES)) {
      return false;
    }
    int word = held.memory.getInt(0);
    int length = word < 0 || word > maxLength ? checkOdd(word) : word;
    int whole = Frames.HEADER_BYTES + length;
    if (!fill(in, whole)) {
      return false;
    }
    Segment frame = held;
    held = null;
    try {
      stopped = !deliver(frame.readOnlyView(), Frames.HEADER_BYTES, whole, word < 0, sink);
    } finally {
      pool.release(frame);
    }
    return !ended;
  }

  /** Copies from the chunk until that many bytes are held; false when the chunk is used up first. */
  private boolean fill(ByteBuffer in, int target) throws FrameException {
    int missing = target - held.memory.position();
    if (missing <= 0) {
      return true;
    }
    int count = Math.min(missing, in.remaining());
    int size = held.memory.position() + count;
    if (size > held.memory.capacity()) {
      grow(Math.max(size, (int) Math.min(target, 2L * size)) - heldFrom);
    }
    int position = held.memory.position();
    held.memory.put(position, in, in.position(), count).position(position + count);
    in.position(in.position() + count);
    return count == missing;
  }

  private void grow(int bytes) throws FrameException {
    Segment larger = acquire(bytes);
    larger.memory.put(held.memory.flip().position(heldFrom));
    pool.release(held);
    held = larger;
    heldFrom = 0;
  }

  private void hold(ByteBuffer in, int from, int to) throws FrameException {
    int count = to - from;
    held = acquire(Math.max(count, FIRST_HOLD_BYTES));
    heldFrom = 0;
    held.memory.put(0, in, from, count);
    held.memory.position(count);
  }

  private Segment acquire(int bytes) throws FrameException {
    Segment segment = pool.acquire(bytes);
    if (segment == null) {
      throw broken(ErrorCode.E_RESOURCE_EXHAUSTED, "no buffer for a frame in pieces");
    }
    return segment;
  }

  private void releaseHeld() {
    if (held != null) {
      pool.release(held);
      held = null;
    }
  }

  /** The provider hands the same object each time, which is what the comparison is about. */
  @SuppressWarnings("ReferenceEquality")
  private ByteBuffer viewOf(ByteBuffer in) {
    if (chunk != in) {
      chunk = in;
      chunkView = in.asReadOnlyBuffer().clear();
    }
    return chunkView;
  }
}
