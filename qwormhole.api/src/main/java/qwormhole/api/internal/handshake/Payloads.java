package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.random.RandomGenerator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.text.SafeText;

/** Writes handshake frames: what every payload has in common, and the checks before it is sent. */
final class Payloads {
  private Payloads() {}

  /**
   * A handshake with what the endpoint says of itself; capabilities only if it negotiates.
   *
   * @param checksum whether to say that messages may carry a checksum
   */
  static ObjectNode handshake(
      HandshakeSettings settings, Backend backend, boolean checksum, long wallClockMillis) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("type", "handshake");
    root.put("version", settings.version());
    if (settings.signing().identity() != null) {
      root.put("sid", settings.signing().identity().sid());
    }
    root.setAll(settings.members().toJson());
    if (settings.negotiate()) {
      Capabilities.write(root.putObject("caps"), settings, backend, checksum);
    }
    root.put("ts", wallClockMillis);
    if (!settings.tags().isEmpty()) {
      tags(root.putObject("tags"), settings.tags());
    }
    return root;
  }

  /** The handshake, signed if there is a key; to be called when it is complete otherwise. */
  static ObjectNode signed(
      ObjectNode handshake, HandshakeSettings settings, RandomGenerator nonceSource) {
    if (settings.signing().identity() != null) {
      HandshakeSignature.sign(handshake, settings.signing().identity(), Scp.newNonce(nonceSource));
    }
    return handshake;
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
      ObjectNode reread = StrictJson.parse(ByteBuffer.wrap(payload));
      boolean signed = HandshakeSignature.isMarked(reread);
      (signed ? WireSchema.SIGNED_HANDSHAKE : WireSchema.HANDSHAKE).check(reread);
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

  static byte[] write(ObjectNode node) {
    return JavaScriptJson.text(node).getBytes(StandardCharsets.UTF_8);
  }

  private static QWormholeException invalid(String detail) {
    return new QWormholeException(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD, detail);
  }
}
