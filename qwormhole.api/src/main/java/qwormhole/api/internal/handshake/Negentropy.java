package qwormhole.api.internal.handshake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Negentropic index and hash of a public key (protocol section 3), to the last bit. */
final class Negentropy {
  private static final int BYTE_VALUES = 256;
  private static final double LEAST_ENTROPY = 1e-6;
  private static final int HASHED_DECIMALS = 6;
  private static final int LOG_BITS = 100;
  private static final int MANTISSA_BITS = 52;

  private static final int SPKI_BYTES = 44;
  private static final double[] TERMS = terms();

  private Negentropy() {}

  /** First byte over the sum of all, over the Shannon entropy in bits; 0 to 1. */
  static double index(byte[] spki) {
    int sum = 0;
    for (byte b : spki) {
      sum += b & 0xff;
    }
    double share = sum == 0 ? 0 : (spki[0] & 0xff) / (double) sum;
    return clamp(share / Math.max(entropy(spki), LEAST_ENTROPY));
  }

  /** The terms are summed in the order of first appearance, as every peer does: the last bits agree. */
  private static double entropy(byte[] spki) {
    int[] counts = new int[BYTE_VALUES];
    for (byte b : spki) {
      counts[b & 0xff]++;
    }
    double entropy = 0;
    for (byte b : spki) {
      entropy -= TERMS[counts[b & 0xff]];
      counts[b & 0xff] = 0;
    }
    return entropy;
  }

  /** What a byte value adds to the entropy that appears so many times in a key. */
  private static double[] terms() {
    double[] terms = new double[SPKI_BYTES + 1];
    for (int count = 1; count <= SPKI_BYTES; count++) {
      double share = count / (double) SPKI_BYTES;
      terms[count] = share * log2(share);
    }
    return terms;
  }

  /** {@code hex(sha256(spki || spki xor level || index with six decimals))}. */
  static String hash(byte[] spki, double index) {
    int level = (int) Math.floor(clamp(index) * 255);
    byte[] mirrored = new byte[spki.length];
    for (int i = 0; i < spki.length; i++) {
      mirrored[i] = (byte) (spki[i] ^ level);
    }
    String decimals =
        new BigDecimal(index).setScale(HASHED_DECIMALS, RoundingMode.HALF_UP).toPlainString();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(spki);
      digest.update(mirrored);
      digest.update(decimals.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /**
   * The logarithm of a positive normal double, correctly rounded; {@code Math.log(x) / Math.log(2)} is
   * off in the last bits. By squaring: each time the value passes 2 gives one more bit.
   */
  static double log2(double value) {
    int exponent = Math.getExponent(value);
    long mantissa = Double.doubleToRawLongBits(value) & (1L << MANTISSA_BITS) - 1;
    BigInteger x =
        BigInteger.valueOf(mantissa | 1L << MANTISSA_BITS).shiftLeft(LOG_BITS - MANTISSA_BITS);
    BigInteger result = BigInteger.valueOf(exponent);
    for (int i = 0; i < LOG_BITS; i++) {
      x = x.multiply(x).shiftRight(LOG_BITS);
      boolean passed = x.bitLength() > LOG_BITS + 1;
      x = passed ? x.shiftRight(1) : x;
      result = result.shiftLeft(1).add(passed ? BigInteger.ONE : BigInteger.ZERO);
    }
    return new BigDecimal(result)
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(LOG_BITS)))
        .doubleValue();
  }
}
