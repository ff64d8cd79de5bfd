package qwormhole.api.tck.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The wire format, written down a second time: the kit's peers share no code with the product. */
final class Wire {
  static final int PING = 2;
  static final int PONG = 3;
  static final int GOAWAY = 4;

  /** What a peer says that speaks sections 1 to 3 of the protocol only. */
  static final String LEGACY_HANDSHAKE = "{\"type\":\"handshake\",\"version\":\"1.0.0\"}";

  /** Sixteen bytes in base64. */
  static final String NONCE = "AAECAwQFBgcICQoLDA0ODw==";

  /** What a peer says that asks for negotiation. */
  static final String SCP_HANDSHAKE = scpHandshake("1.0.0");

  static final int CONTROL_BIT = 0x80000000;

  private Wire() {}

  static String scpHandshake(String version) {
    return "{\"type\":\"handshake\",\"version\":\""
        + version
        + "\",\"caps\":{\"scp\":{\"version\":\"1.0\",\"nonce\":\""
        + NONCE
        + "\"}}}";
  }

  /** What a server answers that negotiates, to the nonce it was sent. */
  static String answer(String nonce) {
    return "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"re\":\""
        + nonce
        + "\",\"caps\":{\"scp\":{\"version\":\"1.0\"}}}";
  }

  static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  static byte[] frame(String payload) {
    return frame(payload.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] word(int word) {
    return ByteBuffer.allocate(4).putInt(word).array();
  }

  static byte[] control(int kind, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .putInt(CONTROL_BIT | (1 + body.length))
        .put((byte) kind)
        .put(body)
        .array();
  }

  static byte[] ping(long token) {
    return control(PING, ByteBuffer.allocate(8).putLong(token).array());
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
