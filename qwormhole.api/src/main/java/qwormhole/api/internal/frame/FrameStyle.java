package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How data frames are written where more than a length word goes with them, or only so many go out in
 * one write. One for each queue, under its lock; nothing is allocated per frame.
 */
public final class FrameStyle {
  private final CRC32C checksum;
  private final int framesPerSegment;

  /**
   * A style.
   *
   * @param checksums whether a CRC-32C of length word and payload follows the payload
   * @param framesPerSegment how many frames one segment may hold
   */
  public FrameStyle(boolean checksums, int framesPerSegment) {
    this.checksum = checksums ? new CRC32C() : null;
    this.framesPerSegment = framesPerSegment;
  }

  /** What a frame takes beside its payload. */
  public int overheadBytes() {
    return Frames.HEADER_BYTES + trailerBytes();
  }

  int trailerBytes() {
    return checksum == null ? 0 : Frames.CHECKSUM_BYTES;
  }

  boolean hasRoom(Segment segment, int frameBytes) {
    return segment.memory.remaining() >= frameBytes && segment.frames < framesPerSegment;
  }

  /** Completes a frame that begins at an index of the chain's first segment. */
  void finish(Segment first, int start) {
    Segment last = first;
    if (checksum == null) {
      while (last.next != null) {
        last = last.next;
      }
    } else {
      checksum.reset();
      update(first.memory, start);
      for (Segment s = first.next; s != null; s = s.next) {
        update(s.memory, 0);
      }
      last = putTrailer(first, (int) checksum.getValue());
    }
    last.frames++;
  }

  private void update(ByteBuffer memory, int from) {
    int limit = memory.limit();
    int end = memory.position();
    checksum.update(memory.limit(end).position(from)); // leaves the position at the end
    memory.limit(limit);
  }

  private static Segment putTrailer(Segment first, int value) {
    Segment to = first;
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      while (!to.memory.hasRemaining()) {
        to = to.next;
      }
      to.memory.put((byte) (value >> shift));
    }
    return to;
  }
}
