package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import qwormhole.api.error.ErrorCode;

/** What a payload of the right shape must still fulfil (protocol sections 2 and 3). */
final class HandshakeRules {
  private static final List<String> SIGNED_MEMBERS = List.of("publicKey", "signature", "nonce");

  private HandshakeRules() {}

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
    for (String allowed : settings.allowedVersions()) {
      if (version.equals(allowed)) {
        return allowed;
      }
    }
    throw new HandshakeRejection(
        ErrorCode.E_PROTOCOL_VERSION,
        version.isEmpty() ? "no version given" : "version " + version + " is not accepted");
  }

  /**
   * Section 3: a handshake with any member of a signature must have all and verify. This build has
   * no verification, so that none may pass as if it had verified.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_SIGNATURE}
   */
  static void unsigned(ObjectNode handshake) throws HandshakeRejection {
    long present = SIGNED_MEMBERS.stream().filter(handshake::has).count();
    if (present > 0) {
      throw new HandshakeRejection(
          ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
          present < SIGNED_MEMBERS.size()
              ? "signed handshake is incomplete: publicKey, nonce and signature go together"
              : "signature verification is not available in this build");
    }
  }
}
