package qwormhole.api.internal.observe;

import java.util.Arrays;
import java.util.zip.Deflater;
import qwormhole.api.telemetry.NegentropyVector;

/**
 * The negentropy vector of a sample of bytes and of the times between messages (protocol section 6).
 * Pure; about a tenth of a millisecond for 2 KiB.
 */
final class Negentropy {
  private static final int BYTE_VALUES = 256;
  private static final double BITS_A_BYTE = 8;

  private Negentropy() {}

  static NegentropyVector of(byte[] bytes, long[] gapsNanos) {
    return new NegentropyVector(
        shannon(bytes), kolmogorov(bytes), Spectrum.flatness(bytes), jitter(gapsNanos));
  }

  /** Shannon, "A mathematical theory of communication", 1948: -sum p log2 p of the byte values, / 8. */
  static double shannon(byte[] bytes) {
    int[] counts = new int[BYTE_VALUES];
    for (byte value : bytes) {
      counts[value & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double p = (double) count / bytes.length;
        bits -= p * Math.log(p) / Math.log(2);
      }
    }
    return clamp(bits / BITS_A_BYTE);
  }

  /**
   * Deflated size / size: Kolmogorov complexity cannot be computed, and a compressor is an upper bound
   * of it (Cilibrasi and Vitanyi, "Clustering by compression", 2005). Raw deflate (RFC 1951) at its
   * default level, without zlib's six bytes of frame.
   */
  static double kolmogorov(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length];
      int size = deflater.deflate(out);
      return deflater.finished() ? clamp((double) size / bytes.length) : 1;
    } finally {
      deflater.end();
    }
  }

  /** Standard deviation / mean of the times between messages, at most 1. */
  static double jitter(long[] gapsNanos) {
    if (gapsNanos.length < 2) {
      return 0;
    }
    double mean = (double) Arrays.stream(gapsNanos).sum() / gapsNanos.length;
    double squares = 0;
    for (long gap : gapsNanos) {
      squares += (gap - mean) * (gap - mean);
    }
    return mean == 0 ? 0 : clamp(Math.sqrt(squares / gapsNanos.length) / mean);
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
