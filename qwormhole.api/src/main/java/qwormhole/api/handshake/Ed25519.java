package qwormhole.api.handshake;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** What is particular to Ed25519 keys: their one encoding, and those that nobody may use. */
final class Ed25519 {
  static final String NAME = "Ed25519";

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SPKI_PREFIX = HEX.parseHex("302a300506032b6570032100");
  private static final int KEY_BYTES = 32;

  /**
   * The y coordinates of the points whose order divides 8, sign bit apart, little-endian, with the
   * encodings over the field's prime: for such a key a signature over any message can be made up.
   */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private Ed25519() {}

  /**
   * The bytes of a SubjectPublicKeyInfo.
   *
   * @throws IllegalArgumentException when it is not one of Ed25519 in the one encoding that exists,
   *     or of small order
   */
  static byte[] spki(String base64) {
    byte[] spki;
    try {
      spki = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a public key must be base64", e);
    }
    boolean wellFormed =
        spki.length == SPKI_PREFIX.length + KEY_BYTES
            && Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)
            && Base64.getEncoder().encodeToString(spki).equals(base64);
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "a public key must be base64 of an Ed25519 SubjectPublicKeyInfo, 44 bytes");
    }
    byte[] point = Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length);
    point[KEY_BYTES - 1] &= 0x7f;
    if (SMALL_ORDER.contains(HEX.formatHex(point))) {
      throw new IllegalArgumentException("a public key must not be a point of small order");
    }
    return spki;
  }
}
