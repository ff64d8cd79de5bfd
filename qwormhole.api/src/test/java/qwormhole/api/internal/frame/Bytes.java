package qwormhole.api.internal.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/** Streams of frames, made by hand rather than by what is tested. */
final class Bytes {
  private Bytes() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** A length word alone. */
  static byte[] word(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] frame(byte[] payload) {
    return join(word(payload.length), payload);
  }

  static byte[] control(int kind, byte[] body) {
    return join(word((body.length + 1) | 0x8000_0000), new byte[] {(byte) kind}, body);
  }

  /** What is between position and limit; the position stays. */
  static byte[] of(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
