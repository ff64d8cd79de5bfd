package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server gives a client so that it may come back to its session over another connection
 * (protocol section 5). The token is a secret: it is in no text that this class makes but the wire's.
 */
public final class SessionGrant {
  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final String PROOF = "HmacSHA256";
  private static final String PREFIX = "qw1";

  private final String id;
  private final byte[] token;
  private final String boot;
  private final long epoch;
  private final long timeoutMillis;
  private final long windowBytes;

  private SessionGrant(
      String id, byte[] token, String boot, long epoch, long timeoutMillis, long windowBytes) {
    this.id = id;
    this.token = token;
    this.boot = boot;
    this.epoch = epoch;
    this.timeoutMillis = timeoutMillis;
    this.windowBytes = windowBytes;
  }

  /**
   * Makes a proof for nobody. The first one in a process starts the Java runtime's cryptography, which
   * takes tens of milliseconds: to be done before a loop has to, with clients waiting to come back.
   */
  static void prepare() {
    new SessionGrant("", new byte[TOKEN_BYTES], "", 0, 0, 0).proof(0, 0, 0, "");
  }

  /**
   * A new session's.
   *
   * @param random a {@code SecureRandom}, outside of tests
   * @param boot names this run of the server
   * @param timeoutMillis how long the session waits for its client, in milliseconds
   * @param windowBytes how much the server keeps for the client, in bytes
   */
  public static SessionGrant first(
      RandomGenerator random, String boot, long timeoutMillis, long windowBytes) {
    return new SessionGrant(newId(random), newToken(random), boot, 0, timeoutMillis, windowBytes);
  }

  /** The next epoch's, with another token. */
  public SessionGrant next(RandomGenerator random) {
    return new SessionGrant(id, newToken(random), boot, epoch + 1, timeoutMillis, windowBytes);
  }

  /** Sixteen random bytes in base64, which name something. */
  public static String newId(RandomGenerator random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] newToken(RandomGenerator random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What a server's answer grants, or null when that is nothing. */
  static SessionGrant of(ObjectNode answer) {
    JsonNode session = answer.path("session");
    String id = session.path("id").textValue();
    String token = session.path("token").textValue();
    byte[] secret = token == null ? null : Base64Text.decode(token, TOKEN_BYTES);
    if (id == null || secret == null || !session.path("epoch").isIntegralNumber()) {
      return null;
    }
    return new SessionGrant(
        id,
        secret,
        session.path("boot").asText(""),
        session.path("epoch").longValue(),
        session.path("timeoutMs").longValue(),
        session.path("window").longValue());
  }

  /** The member {@code session} of a server's answer. */
  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("token", Base64.getEncoder().encodeToString(token))
        .put("boot", boot)
        .put("epoch", epoch)
        .put("timeoutMs", timeoutMillis)
        .put("window", windowBytes);
  }

  /** Whether a request to resume was made by one who has this token. In constant time. */
  public boolean isProvenBy(ResumeRequest request) {
    return MessageDigest.isEqual(
        proof(request.epoch(), request.attempt(), request.received(), request.nonce())
            .getBytes(StandardCharsets.US_ASCII),
        request.proof().getBytes(StandardCharsets.UTF_8));
  }

  /** Base64 of HMAC-SHA256 by the token over what a request says, with bars between. */
  String proof(long wantedEpoch, long attempt, long received, String nonce) {
    String text =
        PREFIX + '|' + id + '|' + wantedEpoch + '|' + attempt + '|' + received + '|' + nonce;
    try {
      Mac mac = Mac.getInstance(PROOF);
      mac.init(new SecretKeySpec(token, PROOF));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(PROOF + " is required of every Java platform", e);
    }
  }

  /** Names the session. */
  public String id() {
    return id;
  }

  /** How many times the session has gone over to another connection. */
  public long epoch() {
    return epoch;
  }

  /** How long the server keeps the session without a connection, in milliseconds. */
  public long timeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public String toString() {
    return "session " + id + ", epoch " + epoch;
  }
}
