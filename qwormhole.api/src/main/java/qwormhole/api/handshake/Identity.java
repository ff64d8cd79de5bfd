package qwormhole.api.handshake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/**
 * An Ed25519 key pair that an endpoint signs its handshakes with. Immutable; any thread. The private
 * key is never part of a text.
 */
public final class Identity {
  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_END = "-----END PRIVATE KEY-----";
  private static final int PEM_COLUMNS = 64;

  private final PrivateKey key;
  private final PeerIdentity peer;

  private Identity(KeyPair pair) {
    this.key = pair.getPrivate();
    this.peer = PeerIdentity.of(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  /** A new identity. */
  public static Identity generate() {
    return new Identity(pair(new SecureRandom()));
  }

  /**
   * Reads an identity from a file in PEM or DER.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_SIGNATURE} when the file cannot be
   *     read, holds no such key, or may be read or changed by others than its owner (checked where
   *     files have POSIX permissions)
   */
  public static Identity load(Path file) {
    byte[] content;
    try {
      content = KeyFile.read(file);
    } catch (IOException e) {
      throw refused("the key file " + file + " cannot be read: " + e.getMessage(), e);
    }
    boolean der = content.length > 0 && content[0] == 0x30;
    return der ? fromDer(content) : fromPem(new String(content, StandardCharsets.ISO_8859_1));
  }

  /**
   * An identity from a PKCS#8 private key in PEM, as {@code openssl genpkey -algorithm ed25519} writes
   * it.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_SIGNATURE} when it is something else
   */
  public static Identity fromPem(String pem) {
    int begin = pem.indexOf(PEM_BEGIN);
    int end = pem.indexOf(PEM_END);
    if (begin < 0 || end < begin) {
      throw refused("no unencrypted PRIVATE KEY (PKCS#8) in PEM form", null);
    }
    String base64 = pem.substring(begin + PEM_BEGIN.length(), end).replaceAll("\\s", "");
    try {
      return fromDer(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw refused("the PRIVATE KEY in PEM form is not base64", null);
    }
  }

  /**
   * An identity from a PKCS#8 private key in DER.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_SIGNATURE} when it is something else
   */
  public static Identity fromDer(byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(Ed25519.NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (key instanceof EdECPrivateKey ed25519 && ed25519.getBytes().isPresent()) {
        return new Identity(pairOf(ed25519.getBytes().get()));
      }
    } catch (GeneralSecurityException e) {
      // Said below; the cause might quote the key.
    }
    throw refused("the key is not an Ed25519 private key in PKCS#8", null);
  }

  /**
   * Writes the private key to a new file, in PEM, readable by its owner only where files have POSIX
   * permissions.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_SIGNATURE} when the file exists or
   *     cannot be written
   */
  public void save(Path file) {
    String base64 =
        Base64.getMimeEncoder(PEM_COLUMNS, new byte[] {'\n'}).encodeToString(key.getEncoded());
    String pem = PEM_BEGIN + "\n" + base64 + "\n" + PEM_END + "\n";
    try {
      KeyFile.create(file, pem.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw refused("the key file " + file + " cannot be written: " + e, e);
    }
  }

  /** What peers see of this identity. */
  public PeerIdentity peer() {
    return peer;
  }

  /** The public key in base64: what goes on a peer's list of allowed keys. */
  public String publicKey() {
    return peer.publicKey();
  }

  /** The sovereign identity: see {@link PeerIdentity#sid()}. */
  public String sid() {
    return peer.sid();
  }

  /** Signs a message; 64 bytes. Takes some 100 µs: not for a loop thread. */
  public byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(Ed25519.NAME);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw refused("this Java runtime cannot sign with Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "identity " + sid();
  }

  /** The pair of a given private key, whose public half no interface of the JDK computes. */
  private static KeyPair pairOf(byte[] seed) {
    KeyPair pair = pair(new Fixed(seed));
    byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElse(new byte[0]);
    if (!Arrays.equals(used, seed)) {
      throw refused("this Java runtime does not derive Ed25519 public keys", null);
    }
    return pair;
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.NAME);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw refused("this Java runtime has no Ed25519: is the module jdk.crypto.ec there?", e);
    }
  }

  private static QWormholeException refused(String detail, Throwable cause) {
    return new QWormholeException(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE, detail, cause);
  }

  /** Makes a generator of random keys make this one. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
    }
  }
}
