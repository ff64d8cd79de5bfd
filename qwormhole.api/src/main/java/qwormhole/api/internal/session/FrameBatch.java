package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.internal.frame.Frames;
import qwormhole.api.internal.frame.Segment;

/**
 * How much may go out in one write when only so many frames may. Finds their ends by their length words;
 * there is none where nothing is limited. Used by the holder of the write turn.
 */
final class FrameBatch {
  private int wanted;
  private int frames;
  private long left;

  /** Limits what begins from now on. */
  void limit(int frames) {
    wanted = frames;
  }

  /** What was being written is begun again from the start of a frame. */
  void restart() {
    left = 0;
  }

  /** A segment is about to be written, with nothing before it. */
  void begins(Segment segment) {
    if (wanted > 0 && segment.startsFrame && left == 0) {
      frames = wanted;
    }
  }

  /** How many bytes of these segments may go out at once. */
  long bytes(Segment flight) {
    if (frames == 0) {
      return Long.MAX_VALUE;
    }
    if (left == 0) {
      left = measure(flight);
    }
    return left;
  }

  /** So many were written. */
  void taken(long bytes) {
    if (frames > 0) {
      left -= bytes;
    }
  }

  private long measure(Segment flight) {
    long total = 0;
    Segment at = flight;
    long position = at.memory.position();
    for (int i = 0; i < frames; i++) {
      while (at != null && position >= at.memory.limit()) {
        position -= at.memory.limit();
        at = at.next;
      }
      if (at == null) {
        break; // the last frame ends with the flight, or goes on beyond it
      }
      int size = Frames.HEADER_BYTES + lengthAt(at.memory, (int) position);
      total += size;
      position += size;
    }
    return total;
  }

  private static int lengthAt(ByteBuffer memory, int position) {
    return memory.getInt(position) & ~Frames.CONTROL_BIT;
  }
}
