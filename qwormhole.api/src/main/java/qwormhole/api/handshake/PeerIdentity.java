package qwormhole.api.handshake;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of an identity: an Ed25519 key. Immutable; any thread.
 *
 * @param publicKey the key as base64 of its X.509 SubjectPublicKeyInfo (DER, 44 bytes)
 * @param sid the sovereign identity that follows from the key: {@code ed25519:} and the SHA-256 of
 *     the SubjectPublicKeyInfo in base64url without padding. Issued by nobody but its owner, the same
 *     for a key for ever
 */
public record PeerIdentity(String publicKey, String sid) {
  static final String SID_PREFIX = "ed25519:";

  /**
   * The components must belong together; {@link #of} makes them so.
   *
   * @throws IllegalArgumentException when they do not, or as {@link #of}
   */
  public PeerIdentity {
    if (!sidOf(Ed25519.spki(publicKey)).equals(sid)) {
      throw new IllegalArgumentException("the sid does not belong to the key");
    }
  }

  /**
   * The identity of a public key.
   *
   * @param publicKey base64 of an Ed25519 SubjectPublicKeyInfo
   * @throws IllegalArgumentException when it is malformed, or a point of small order, for which
   *     anybody can sign
   */
  public static PeerIdentity of(String publicKey) {
    return new PeerIdentity(publicKey, sidOf(Ed25519.spki(publicKey)));
  }

  /** The SubjectPublicKeyInfo in DER, a copy. */
  public byte[] encoded() {
    return Base64.getDecoder().decode(publicKey);
  }

  /** Whether the signature, 64 bytes, was made by this key over exactly this message. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance(Ed25519.NAME).generatePublic(new X509EncodedKeySpec(encoded()));
      Signature verifier = Signature.getInstance(Ed25519.NAME);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException notOfThisKey) {
      return false; // no point of the curve, or no signature by its length
    }
  }

  /** Whether a claimed sid has the form that only the owner of a key may claim. */
  public static boolean isDerived(String sid) {
    return sid.startsWith(SID_PREFIX);
  }

  private static String sidOf(byte[] spki) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(spki);
      return SID_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
