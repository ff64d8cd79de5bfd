package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.text.SafeText;

/** Writes handshake frames: what every payload has in common, and the checks before it is sent. */
final class Payloads {
  private static final boolean CBOR =
      isPresent("com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper");

  private Payloads() {}

  /** A handshake with what the endpoint says of itself; capabilities only if it negotiates. */
  static ObjectNode handshake(HandshakeSettings settings, long wallClockMillis) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("type", "handshake");
    root.put("version", settings.version());
    if (settings.sid() != null) {
      root.put("sid", settings.sid());
    }
    if (settings.negotiate()) {
      capabilities(root.putObject("caps"), settings);
    }
    root.put("ts", wallClockMillis);
    if (!settings.tags().isEmpty()) {
      tags(root.putObject("tags"), settings.tags());
    }
    return root;
  }

  private static void capabilities(ObjectNode caps, HandshakeSettings settings) {
    caps.putObject("scp").put("version", Scp.VERSION);
    caps.putObject("transport")
        .put("native", settings.nativeBackend())
        .put("backend", settings.backend());
    var codecs = caps.putArray("codecs").add("binary").add("text").add("json");
    if (CBOR) {
      codecs.add("cbor");
    }
  }

  private static void tags(ObjectNode node, Map<String, Object> tags) {
    tags.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            node.put(name, text);
          } else if (value instanceof Long || value instanceof Integer) {
            node.put(name, ((Number) value).longValue());
          } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            node.put(name, number.doubleValue());
          } else {
            throw invalid(
                "tag "
                    + SafeText.of(name, SafeText.PEER_CHARS)
                    + " must be a string or a finite number");
          }
        });
  }

  /**
   * The bytes to send, after the checks a peer will make.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when the peer would refuse
   */
  static byte[] checked(ObjectNode handshake) {
    byte[] payload = write(handshake);
    try {
      WireSchema.HANDSHAKE.check(StrictJson.parse(ByteBuffer.wrap(payload)));
    } catch (HandshakeRejection e) {
      throw invalid("own handshake would be refused: " + e.reason());
    }
    return payload;
  }

  /** A server's refusal (section 4), under 1 KiB. */
  static byte[] reject(ErrorCode code, String reason) {
    return write(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "handshake-reject")
            .put("code", code.name())
            .put("reason", SafeText.of(reason, SafeText.PEER_CHARS)));
  }

  private static byte[] write(ObjectNode node) {
    return JavaScriptJson.text(node).getBytes(StandardCharsets.UTF_8);
  }

  private static QWormholeException invalid(String detail) {
    return new QWormholeException(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD, detail);
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, Payloads.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
