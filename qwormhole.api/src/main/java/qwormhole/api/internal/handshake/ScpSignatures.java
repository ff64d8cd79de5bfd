package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.telemetry.ScpSignature;

/** The member {@code sig} of an SCP message (protocol section 6). */
public final class ScpSignatures {
  private static final String SIG = "sig";
  private static final int SIGNATURE_BYTES = 64;

  private ScpSignatures() {}

  /**
   * Checks a message's signature, over its canonical JSON without {@code sig}. With a key takes some 100
   * µs.
   *
   * @param key that the peer proved to have, or null
   * @return null when the signature is wrong
   */
  public static ScpSignature check(ObjectNode message, PeerIdentity key) {
    JsonNode sig = message.get(SIG);
    if (sig == null) {
      return ScpSignature.ABSENT;
    }
    if (key == null) {
      return ScpSignature.UNCHECKED;
    }
    byte[] signature = sig.isTextual() ? Base64Text.decode(sig.textValue(), SIGNATURE_BYTES) : null;
    boolean right = signature != null && key.verifies(signedText(message), signature);
    return right ? ScpSignature.VERIFIED : null;
  }

  private static byte[] signedText(ObjectNode message) {
    ObjectNode unsigned = message.objectNode();
    unsigned.setAll(message);
    unsigned.remove(SIG);
    return JavaScriptJson.canonical(unsigned).getBytes(UTF_8);
  }
}
