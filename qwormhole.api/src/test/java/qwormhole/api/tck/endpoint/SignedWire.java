package qwormhole.api.tck.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Signed handshakes, written down a second time: members are JSON, sorted as names sort here. */
final class SignedWire {
  private static final AtomicLong NONCES = new AtomicLong();

  private final KeyPair pair;
  final byte[] spki;

  SignedWire() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    spki = pair.getPublic().getEncoded();
  }

  String publicKey() {
    return base64(spki);
  }

  /** All members of a handshake of now, apart from the signature. */
  SortedMap<String, String> members() {
    SortedMap<String, String> members = new TreeMap<>();
    String index = index();
    members.put("type", quoted("handshake"));
    members.put("version", quoted("1.0.0"));
    members.put("ts", String.valueOf(System.currentTimeMillis()));
    members.put("nIndex", index);
    members.put("negHash", quoted(negHash(Double.parseDouble(index))));
    byte[] nonce = ByteBuffer.allocate(16).putLong(NONCES.incrementAndGet()).array();
    members.put("nonce", quoted(base64(nonce)));
    members.put("publicKey", quoted(publicKey()));
    return members;
  }

  /** The handshake of these members, signed. */
  Map<String, String> signed(SortedMap<String, String> members) {
    Map<String, String> all = new TreeMap<>(members);
    all.put("signature", quoted(base64(sign(json(members)))));
    return all;
  }

  String handshake() {
    return json(signed(members()));
  }

  /** The same for a client that asks for SCP. */
  String scpHandshake() {
    SortedMap<String, String> members = members();
    members.put("caps", "{\"scp\":{\"nonce\":\"" + Wire.NONCE + "\",\"version\":\"1.0\"}}");
    return json(signed(members));
  }

  /** The same for a client that asks for a session, or to go on with one. */
  String sessionHandshake(SessionPeer session) {
    SortedMap<String, String> members = members();
    members.put(
        "caps",
        "{\"ack\":true,\"scp\":{\"nonce\":\""
            + Wire.NONCE
            + "\",\"version\":\"1.0\"},\"session\":{\"resume\":1}}");
    if (session != null) {
      members.put("session", session.member(1, 0, 0));
    }
    return json(signed(members));
  }

  static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String quoted(String plain) {
    return "\"" + plain + "\"";
  }

  private byte[] sign(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(text.getBytes(UTF_8));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** To 15 digits, which every printer of numbers prints alike. */
  private String index() {
    Map<Byte, Integer> counts = new HashMap<>();
    int sum = 0;
    for (byte b : spki) {
      counts.merge(b, 1, Integer::sum);
      sum += b & 0xff;
    }
    double entropy = 0;
    for (int count : counts.values()) {
      double share = count / (double) spki.length;
      entropy -= share * Math.log(share) / Math.log(2);
    }
    return new BigDecimal((spki[0] & 0xff) / (double) sum / entropy)
        .round(new MathContext(15, RoundingMode.HALF_EVEN))
        .stripTrailingZeros()
        .toPlainString();
  }

  private String negHash(double index) {
    try {
      int level = (int) (index * 255);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(spki);
      for (byte b : spki) {
        digest.update((byte) (b ^ level));
      }
      String decimals = new BigDecimal(index).setScale(6, RoundingMode.HALF_UP).toPlainString();
      return HexFormat.of().formatHex(digest.digest(decimals.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
