package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.text.SafeText;

/**
 * A client's side of the handshake: what it sends, and what the server's first frame turns out to
 * be (protocol sections 2 and 4). One per connection attempt, used by one thread at a time.
 */
public final class ClientHandshake {
  private static final FirstFrame MESSAGE = new FirstFrame.Message();

  private final HandshakeSettings settings;
  private final RandomGenerator nonceSource;
  private final LongSupplier wallClockMillis;
  private String nonce;

  /**
   * A client of these settings.
   *
   * @param nonceSource a {@code SecureRandom}, outside of tests
   * @param wallClockMillis milliseconds since the epoch, for {@code ts}
   */
  public ClientHandshake(
      HandshakeSettings settings, RandomGenerator nonceSource, LongSupplier wallClockMillis) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.nonceSource = Objects.requireNonNull(nonceSource, "nonceSource");
    this.wallClockMillis = Objects.requireNonNull(wallClockMillis, "wallClockMillis");
  }

  /**
   * The payload of the client's first frame. With negotiation it carries a fresh nonce, and only an
   * answer to the latest payload is an answer.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when the settings make a
   *     handshake that no peer would accept
   */
  public byte[] payload() {
    ObjectNode root = Payloads.handshake(settings, wallClockMillis.getAsLong());
    if (settings.negotiate()) {
      nonce = Scp.newNonce(nonceSource);
      root.withObject("/caps/scp").put("nonce", nonce);
    }
    return Payloads.checked(root);
  }

  /**
   * Tells what the first frame from the server is. The buffer, from position to limit, is left as
   * it was and not kept. The version of an answer is the server's choice and is not judged.
   */
  public FirstFrame examine(ByteBuffer frame) {
    if (nonce == null) {
      return MESSAGE;
    }
    ObjectNode root;
    try {
      root = StrictJson.parse(frame);
    } catch (HandshakeRejection notOurs) {
      return MESSAGE;
    }
    return switch (root.path("type").asText("")) {
      case "handshake" -> answer(root, frame);
      case "handshake-reject" -> reject(root);
      default -> MESSAGE;
    };
  }

  private FirstFrame answer(ObjectNode root, ByteBuffer frame) {
    if (!nonce.equals(root.path("re").textValue())) {
      return MESSAGE;
    }
    try {
      WireSchema.HANDSHAKE.check(root);
    } catch (HandshakeRejection notOurs) {
      return MESSAGE;
    }
    try {
      HandshakeRules.unsigned(root);
    } catch (HandshakeRejection e) {
      return new FirstFrame.Rejected(e.code(), e.reason());
    }
    byte[] payload = new byte[frame.remaining()];
    frame.get(frame.position(), payload);
    String version = root.path("version").asText("");
    return new FirstFrame.Answer(
        new PeerHandshake(
            payload, version.equals(settings.version()) ? settings.version() : version, false));
  }

  private static FirstFrame reject(ObjectNode root) {
    if (WireSchema.HANDSHAKE_REJECT.problem(root).isPresent()) {
      return MESSAGE;
    }
    String code = root.path("code").textValue();
    String reason = root.path("reason").textValue();
    for (ErrorCode known : ErrorCode.values()) {
      if (known.name().equals(code)) {
        return new FirstFrame.Rejected(known, SafeText.of(reason, SafeText.PEER_CHARS));
      }
    }
    return new FirstFrame.Rejected(
        ErrorCode.E_HANDSHAKE_REJECTED, SafeText.of(code + ": " + reason, SafeText.PEER_CHARS));
  }
}
