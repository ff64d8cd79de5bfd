package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import qwormhole.api.codec.Codec;

/** Messages as arrays of bytes, with contents that a mistake in order, loss or repetition changes. */
final class Bytes {
  static final long SEED = Long.getLong("qwormhole.tck.seed", 20260101L);

  /** An application's own codec: arrays may be kept, where views may not. */
  static final Codec<byte[]> CODEC = Codec.of(ByteBuffer::wrap, Bytes::copy);

  private Bytes() {}

  /** The same for the same seed and size. */
  static byte[] of(int size) {
    byte[] bytes = new byte[size];
    new Random(SEED + size).nextBytes(bytes);
    return bytes;
  }

  static byte[] copy(ByteBuffer view) {
    byte[] bytes = new byte[view.remaining()];
    view.get(view.position(), bytes);
    return bytes;
  }

  /** Compares without printing megabytes. */
  static void assertSame(byte[] actual, byte[] expected) {
    assertThat(actual.length)
        .as("bytes received, of %d, seed %d", expected.length, SEED)
        .isEqualTo(expected.length);
    assertThat(Arrays.mismatch(actual, expected))
        .as("first wrong byte of %d, seed %d", expected.length, SEED)
        .isEqualTo(-1);
  }
}
