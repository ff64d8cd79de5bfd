package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.text.SafeText;

/** What a payload must fulfil, apart from what takes cryptography (protocol sections 2 to 4). */
final class HandshakeRules {
  private HandshakeRules() {}

  /**
   * The schema, that of signed handshakes when any member of a signature is there; and that there is
   * one where that is required.
   *
   * @param required whether it must be signed
   * @return whether the handshake is signed, which is yet to be verified
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD} or {@code
   *     E_INVALID_HANDSHAKE_SIGNATURE}
   */
  static boolean shape(ObjectNode handshake, boolean required) throws HandshakeRejection {
    boolean signed = HandshakeSignature.isMarked(handshake);
    (signed ? WireSchema.SIGNED_HANDSHAKE : WireSchema.HANDSHAKE).check(handshake);
    if (!signed && required) {
      throw new HandshakeRejection(
          ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE, "a signed handshake is required");
    }
    return signed;
  }

  /**
   * The version rule of section 2, for what a client sent.
   *
   * @return the settings' own copy of the accepted version, or empty when the peer named none
   * @throws HandshakeRejection with {@code E_PROTOCOL_VERSION}
   */
  static String version(ObjectNode handshake, HandshakeSettings settings)
      throws HandshakeRejection {
    String version = handshake.path("version").asText("");
    if (settings.allowedVersions().isEmpty()) {
      if (version.isEmpty()) {
        return "";
      }
      if (version.equals(settings.version())) {
        return settings.version();
      }
    }
    return oneOf(version, settings.allowedVersions());
  }

  /**
   * The list's own copy of a version, which may be empty.
   *
   * @throws HandshakeRejection with {@code E_PROTOCOL_VERSION}
   */
  static String oneOf(String version, Set<String> allowedVersions) throws HandshakeRejection {
    for (String allowed : allowedVersions) {
      if (version.equals(allowed)) {
        return allowed;
      }
    }
    throw new HandshakeRejection(
        ErrorCode.E_PROTOCOL_VERSION,
        version.isEmpty() ? "no version given" : "version " + version + " is not accepted");
  }

  /**
   * That a peer has the capabilities that an option requires.
   *
   * @throws HandshakeRejection with {@code E_HANDSHAKE_REJECTED}
   */
  static void capabilities(ObjectNode handshake, HandshakeSettings settings)
      throws HandshakeRejection {
    for (String required : settings.features().required()) {
      if (!Capabilities.has(handshake.path("caps"), required)) {
        throw new HandshakeRejection(
            ErrorCode.E_HANDSHAKE_REJECTED,
            "capability " + SafeText.of(required, SafeText.PEER_CHARS) + " is required");
      }
    }
  }
}
