package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;

/**
 * Signs handshakes and verifies them (protocol section 3). Both take some 100 µs: not for a loop.
 * Whatever is wrong with a signature is said in the same words and takes the same time, since a peer
 * need not learn whether its key is on a list.
 */
final class HandshakeSignature {
  static final int NONCE_BYTES = 16;

  private static final int SIGNATURE_BYTES = 64;
  private static final List<String> MARKS = List.of("publicKey", "signature", "nonce");

  /** How far apart the logarithms of two JavaScript engines may lie. */
  private static final double INDEX_TOLERANCE = 1e-12;

  /** What is verified in the place of something malformed. */
  private static final class Decoy {
    static final Identity IDENTITY = Identity.generate();
    static final byte[] SIGNATURE = IDENTITY.sign(new byte[0]);
  }

  private HandshakeSignature() {}

  /** Whether a handshake has any member that only a signed one has. */
  static boolean isMarked(ObjectNode handshake) {
    return MARKS.stream().anyMatch(handshake::has);
  }

  /** Signs a handshake that is complete otherwise. */
  static void sign(ObjectNode handshake, Identity identity, String nonce) {
    byte[] spki = identity.peer().encoded();
    double index = Negentropy.index(spki);
    handshake
        .put("nIndex", index)
        .put("negHash", Negentropy.hash(spki, index))
        .put("nonce", nonce)
        .put("publicKey", identity.publicKey());
    handshake.put("signature", Base64Text.encode(identity.sign(signedText(handshake))));
  }

  /** The text that is signed: all but the signature, unknown members included. */
  static byte[] signedText(ObjectNode handshake) {
    ObjectNode unsigned = handshake.objectNode();
    unsigned.setAll(handshake);
    unsigned.remove("signature");
    return JavaScriptJson.canonical(unsigned).getBytes(UTF_8);
  }

  /**
   * Who signed a handshake that fits the schema of signed ones.
   *
   * @param allowed the keys that may sign; when empty, all
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_SIGNATURE}
   */
  static PeerIdentity verify(ObjectNode handshake, Set<PeerIdentity> allowed)
      throws HandshakeRejection {
    PeerIdentity claimed = identity(handshake.path("publicKey").textValue());
    byte[] signature = Base64Text.decode(handshake.path("signature").textValue(), SIGNATURE_BYTES);
    boolean wellFormed = claimed != null && signature != null && membersFit(handshake, claimed);
    PeerIdentity verifier = claimed != null ? claimed : Decoy.IDENTITY.peer();
    boolean verified =
        verifier.verifies(signedText(handshake), signature != null ? signature : Decoy.SIGNATURE);
    boolean welcome = allowed.isEmpty() || allowed.contains(verifier);
    if (!(wellFormed && verified && welcome)) {
      throw new HandshakeRejection(
          ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE, "the handshake's signature is not accepted");
    }
    return claimed;
  }

  private static PeerIdentity identity(String publicKey) {
    try {
      return PeerIdentity.of(publicKey);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** What a verified signature would not show: that the members are what the key makes them. */
  private static boolean membersFit(ObjectNode handshake, PeerIdentity key) {
    byte[] spki = key.encoded();
    double claimed = handshake.path("nIndex").doubleValue();
    String sid = handshake.path("sid").asText("");
    return Base64Text.decode(handshake.path("nonce").textValue(), NONCE_BYTES) != null
        && Math.abs(claimed - Negentropy.index(spki)) <= INDEX_TOLERANCE
        && Negentropy.hash(spki, claimed).equals(handshake.path("negHash").textValue())
        && (!PeerIdentity.isDerived(sid) || sid.equals(key.sid()));
  }
}
