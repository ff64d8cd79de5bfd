package qwormhole.api.internal.handshake;

import java.util.Base64;

/** Base64 of which every text has one form: what decodes alike is the same text. */
final class Base64Text {
  private Base64Text() {}

  /** The bytes, or null when it is not base64 with padding of exactly so many bytes. */
  static byte[] decode(String text, int bytes) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      return decoded.length == bytes && encode(decoded).equals(text) ? decoded : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
