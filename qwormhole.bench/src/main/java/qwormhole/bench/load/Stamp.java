package qwormhole.bench.load;

import java.nio.ByteBuffer;

/**
 * What a message carries so that its receiver can tell it from every other: from 8 bytes on, a
 * sequence number over the first eight and its complement as the last byte; below that, the low
 * byte of the number first and last. Of those that have room for it, every so many also carry the
 * time at which they were sent.
 */
public final class Stamp {
  /** Mixed into the number, so that the first byte of a message is never the zero of fresh memory. */
  private static final long MARK = 0x5157_484F_4C45_0000L;

  private static final int TIMED_SIZE = 2 * Long.BYTES + 1;

  private Stamp() {}

  /** Writes the stamp of a message of {@code size} bytes that begins at {@code offset}. */
  public static void write(ByteBuffer buffer, int offset, int size, long sequence) {
    if (size >= Long.BYTES) {
      buffer.putLong(offset, sequence ^ MARK);
      if (size > Long.BYTES) {
        buffer.put(offset + size - 1, (byte) ~sequence);
      }
    } else {
      buffer.put(offset, (byte) sequence);
      buffer.put(offset + size - 1, (byte) sequence);
    }
  }

  /** Whether the message of {@code size} bytes at {@code offset} is the one with this number. */
  public static boolean matches(ByteBuffer buffer, int offset, int size, long sequence) {
    if (size >= Long.BYTES) {
      return buffer.getLong(offset) == (sequence ^ MARK)
          && (size == Long.BYTES || buffer.get(offset + size - 1) == (byte) ~sequence);
    }
    return buffer.get(offset) == (byte) sequence
        && buffer.get(offset + size - 1) == (byte) sequence;
  }

  /**
   * How far the number of a message is from the one expected: 0 is the same one, above it others
   * were passed over. Below 8 bytes of size it is exact within 127.
   */
  static long distance(ByteBuffer buffer, int offset, int size, long expected) {
    return size >= Long.BYTES
        ? (buffer.getLong(offset) ^ MARK) - expected
        : (byte) (buffer.get(offset) - (byte) expected);
  }

  /** Whether the message of this number carries its time. */
  static boolean isTimed(int size, long sequence, int sampleEvery) {
    return sampleEvery > 0 && size >= TIMED_SIZE && sequence % sampleEvery == 0;
  }

  static void writeTime(ByteBuffer buffer, int offset, long nanoTime) {
    buffer.putLong(offset + Long.BYTES, nanoTime);
  }

  static long readTime(ByteBuffer buffer, int offset) {
    return buffer.getLong(offset + Long.BYTES);
  }
}
