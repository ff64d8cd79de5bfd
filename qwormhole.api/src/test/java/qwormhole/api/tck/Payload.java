package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** Bytes that a mistake in order, loss or repetition changes; the same for the same seed. */
final class Payload {

  static final long SEED = Long.getLong("qwormhole.tck.seed", 20260101L);

  private Payload() {}

  static byte[] of(int size) {
    byte[] bytes = new byte[size];
    new Random(SEED + size).nextBytes(bytes);
    return bytes;
  }

  /** Compares without printing megabytes. */
  static void assertSame(byte[] actual, byte[] expected) {
    assertThat(actual.length)
        .as("bytes received, of %d", expected.length)
        .isEqualTo(expected.length);
    assertThat(Arrays.mismatch(actual, expected))
        .as("first wrong byte of %d, seed %d", expected.length, SEED)
        .isEqualTo(-1);
  }

  static void assertPrefix(byte[] actual, byte[] expected) {
    assertThat(actual.length).as("bytes received").isLessThanOrEqualTo(expected.length);
    assertSame(actual, Arrays.copyOf(expected, actual.length));
  }
}
