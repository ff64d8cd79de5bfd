package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
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

  private HandshakeSettings settings;
  private final Backend backend;
  private final RandomGenerator nonceSource;
  private final LongSupplier wallClockMillis;
  private final Resumption resumption;
  private ObjectNode sent;
  private String nonce;

  /**
   * What a client that comes back has of its session.
   *
   * @param grant the server's latest
   * @param attempt the number of this try, larger than that of every one before
   * @param received how many messages of the server's it has received
   * @param oldest the number of the oldest message that it can send again
   */
  public record Resumption(SessionGrant grant, long attempt, long received, long oldest) {}

  /**
   * A client of these settings.
   *
   * @param backend what carries the connection
   * @param nonceSource a {@code SecureRandom}, outside of tests
   * @param wallClockMillis milliseconds since the epoch, for {@code ts}
   * @param resumption of the session to go on with, or null
   */
  public ClientHandshake(
      HandshakeSettings settings,
      Backend backend,
      RandomGenerator nonceSource,
      LongSupplier wallClockMillis,
      Resumption resumption) {
    this.resumption = resumption;
    this.settings = Objects.requireNonNull(settings, "settings");
    this.backend = Objects.requireNonNull(backend, "backend");
    this.nonceSource = Objects.requireNonNull(nonceSource, "nonceSource");
    this.wallClockMillis = Objects.requireNonNull(wallClockMillis, "wallClockMillis");
  }

  /** Adds what only the connection knows, such as the certificate of its TLS; before it is signed. */
  public void addTags(Map<String, Object> tags) {
    settings = settings.withTags(tags);
  }

  /** Whether payloads are signed, which takes some 100 µs. */
  public boolean signs() {
    return settings.signing().identity() != null;
  }

  /** Whether messages must wait for the answer, or for its not coming. */
  public boolean holdsMessages() {
    return settings.offersChecksum() || settings.offersSession() || requiresAnswer();
  }

  /** Whether a server that does not answer must not be talked to. */
  public boolean requiresAnswer() {
    return settings.requiresAnswer() || resumption != null;
  }

  /** The session that this client asks to go on with, or null. */
  public Resumption resumption() {
    return resumption;
  }

  /** The session that an answer grants, a new one or another epoch's; or null. */
  public SessionGrant grant(PeerHandshake answer) {
    return settings.offersSession() ? SessionGrant.of(answer.root()) : null;
  }

  /**
   * The payload of the client's first frame. With negotiation it carries a fresh nonce, and only an
   * answer to the latest payload is an answer.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when the settings make a
   *     handshake that no peer would accept
   */
  public byte[] payload() {
    ObjectNode root =
        Payloads.handshake(
            settings,
            backend,
            settings.offersChecksum(),
            settings.signing().time(wallClockMillis.getAsLong()));
    if (settings.negotiate()) {
      nonce = Scp.newNonce(nonceSource);
      root.withObject("/caps/scp").put("nonce", nonce);
      if (resumption != null) {
        root.set(
            "session",
            ResumeRequest.to(
                    resumption.grant(),
                    resumption.attempt(),
                    resumption.received(),
                    resumption.oldest(),
                    nonce)
                .toJson());
      }
    }
    sent = Payloads.signed(root, settings, nonceSource);
    return Payloads.checked(sent);
  }

  /**
   * Tells what the first frame from the server is. The buffer, from position to limit, is left as
   * it was and not kept. The version of an answer is the server's choice and is not judged, its
   * signature not here: see {@link #verify}.
   */
  public FirstFrame examine(ByteBuffer frame) {
    if (nonce == null) {
      return MESSAGE;
    }
    ObjectNode root;
    try {
      root = StrictJson.parse(frame);
    } catch (HandshakeRejection unreadable) {
      boolean answers = nonce.equals(JsonPeek.text(frame, "re"));
      return answers ? refused(unreadable) : MESSAGE;
    }
    if (nonce.equals(root.path("re").textValue())) {
      return answer(root, frame);
    }
    return root.path("type").asText("").equals("handshake-reject") ? reject(root) : MESSAGE;
  }

  /** Who knows the fresh nonce means to answer: what is wrong with that is no message. */
  private FirstFrame answer(ObjectNode root, ByteBuffer frame) {
    boolean signed;
    try {
      signed = HandshakeRules.shape(root, settings.signing().required());
      HandshakeRules.capabilities(root, settings);
    } catch (HandshakeRejection e) {
      return refused(e);
    }
    byte[] payload = new byte[frame.remaining()];
    frame.get(frame.position(), payload);
    String version = root.path("version").asText("");
    return new FirstFrame.Answer(
        new PeerHandshake(
            payload,
            version.equals(settings.version()) ? settings.version() : version,
            false,
            signed));
  }

  /**
   * Verifies the signature of an {@linkplain PeerHandshake#isUnverified() unverified} answer; that it
   * is fresh is shown by the nonce that it repeats. Takes some 100 µs: not for a loop.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_SIGNATURE}
   */
  public PeerHandshake verify(PeerHandshake answer) throws HandshakeRejection {
    return answer.verified(HandshakeSignature.verify(answer.root(), settings.signing().allowed()));
  }

  /** What holds for the connection after this answer. */
  public Agreement agreement(PeerHandshake answer) {
    return Agreement.between(sent, answer.root(), true);
  }

  /** What holds for a connection to a server that does not answer. */
  public Agreement withoutAnswer() {
    return Agreement.withLegacy(settings, PeerHandshake.none().root());
  }

  private static FirstFrame refused(HandshakeRejection why) {
    return new FirstFrame.Refused(why.code(), "the server's answer: " + why.reason());
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
