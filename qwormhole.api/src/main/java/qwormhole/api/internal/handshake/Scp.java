package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** The request for SCP inside a handshake: {@code caps.scp} of protocol section 4. */
final class Scp {
  static final String VERSION = "1.0";

  private static final String MAJOR = "1.";
  private static final int NONCE_BYTES = 16;

  private Scp() {}

  /** Sixteen fresh bytes in base64. */
  static String newNonce(RandomGenerator source) {
    byte[] nonce = new byte[NONCE_BYTES];
    source.nextBytes(nonce);
    return Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * The nonce with which the peer asks for SCP 1.x, or null. A {@code caps.scp} that is something
   * else asks for nothing: capabilities degrade, they do not fail.
   */
  static String requestNonce(ObjectNode handshake) {
    JsonNode scp = handshake.path("caps").path("scp");
    String nonce = scp.path("nonce").textValue();
    String version = scp.path("version").textValue();
    boolean asks = nonce != null && version != null && version.startsWith(MAJOR) && isNonce(nonce);
    return asks ? nonce : null;
  }

  private static boolean isNonce(String text) {
    try {
      return Base64.getDecoder().decode(text).length == NONCE_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
