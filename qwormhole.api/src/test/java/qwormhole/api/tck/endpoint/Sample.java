package qwormhole.api.tck.endpoint;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Messages of any size of which every byte is known: from {@value #HEADER_BYTES} bytes on they say who
 * sent them and the how manieth of his they are, and the rest follows from that.
 */
final class Sample {

  static final int MOST_BYTES = 4 << 20;

  private static final int HEADER_BYTES = 8;
  private static final int OFFSETS = 1 << 16;
  private static final byte[] NOISE = new byte[MOST_BYTES + OFFSETS];

  static {
    new Random(Bytes.SEED).nextBytes(NOISE);
  }

  private Sample() {}

  static byte[] of(int sender, int number, int size) {
    byte[] message = new byte[size];
    body(sender, number, size).get(message);
    if (isSigned(size)) {
      ByteBuffer.wrap(message).putInt(sender).putInt(number);
    }
    return message;
  }

  /** Whether a message of a size has room to say who sent it. */
  static boolean isSigned(int size) {
    return size >= HEADER_BYTES;
  }

  static int sender(ByteBuffer message) {
    return message.getInt(message.position());
  }

  static int number(ByteBuffer message) {
    return message.getInt(message.position() + 4);
  }

  /** Where a message differs from what was sent, or -1; the position stays. */
  static int mismatch(ByteBuffer message) {
    int size = message.remaining();
    boolean signed = isSigned(size);
    ByteBuffer expected = body(signed ? sender(message) : 0, signed ? number(message) : 0, size);
    int from = signed ? HEADER_BYTES : 0;
    int at =
        message
            .slice(message.position() + from, size - from)
            .mismatch(expected.slice(expected.position() + from, size - from));
    return at < 0 ? -1 : from + at;
  }

  private static ByteBuffer body(int sender, int number, int size) {
    int offset = isSigned(size) ? Math.floorMod(31 * number + 7919 * sender, OFFSETS) : 0;
    return ByteBuffer.wrap(NOISE, offset, size);
  }
}
