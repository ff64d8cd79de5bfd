package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Puts a CRC-32C of length word and payload behind each data frame that is written. One for each queue,
 * under its lock; nothing is allocated per frame.
 */
final class FrameChecksum {
  private final CRC32C crc = new CRC32C();

  /** Completes a frame that begins at an index of the chain's first segment. */
  void put(Segment first, int start) {
    crc.reset();
    update(first.memory, start);
    for (Segment s = first.next; s != null; s = s.next) {
      update(s.memory, 0);
    }
    int value = (int) crc.getValue();
    Segment to = first;
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      while (!to.memory.hasRemaining()) {
        to = to.next;
      }
      to.memory.put((byte) (value >> shift));
    }
  }

  private void update(ByteBuffer memory, int from) {
    int limit = memory.limit();
    int end = memory.position();
    crc.update(memory.limit(end).position(from)); // leaves the position at the end
    memory.limit(limit);
  }
}
