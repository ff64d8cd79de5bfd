package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Payloads that are told apart by what is in them. */
final class Payloads {
  private Payloads() {}

  static ByteBuffer of(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A name, and filling up to a length. */
  static ByteBuffer of(String name, int length) {
    return of(named(name, length));
  }

  /** The same in direct memory, not at its beginning nor up to its end. */
  static ByteBuffer direct(String name, int length) {
    ByteBuffer memory = ByteBuffer.allocateDirect(length + 10);
    return memory.position(7).put(of(name, length)).flip().position(7);
  }

  static String named(String name, int length) {
    return name + ".".repeat(length - name.length());
  }

  static String text(byte[] payload) {
    return new String(payload, StandardCharsets.ISO_8859_1);
  }

  /** The name at the beginning of a payload. */
  static String name(String payload) {
    int end = payload.indexOf('.');
    return end < 0 ? payload : payload.substring(0, end);
  }
}
