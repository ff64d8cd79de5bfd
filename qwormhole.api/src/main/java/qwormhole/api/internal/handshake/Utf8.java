package qwormhole.api.internal.handshake;

/** Measures text as it goes over the wire. */
final class Utf8 {
  private Utf8() {}

  /** Length in UTF-8 bytes, or -1 when a surrogate stands alone and the text has no UTF-8 form. */
  static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }
    return bytes;
  }
}
