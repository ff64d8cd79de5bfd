package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.PeerIdentity;

/**
 * A server's side of the handshake: judges a client's first frame, and answers it (protocol sections
 * 2 to 4). Thread-safe; one serves all connections of a server.
 */
public final class ServerHandshake {
  private final HandshakeSettings settings;
  private final RandomGenerator nonceSource;
  private final LongSupplier wallClockMillis;
  private final ReplayGuard replays;

  /**
   * A server's answer.
   *
   * @param payload its first frame
   * @param agreement what holds for the connection from then on
   */
  public record Answer(ByteBuffer payload, Agreement agreement) {}

  /**
   * A judge by these settings. Its own handshake is checked here, so that a server that could answer
   * nobody does not start; this also compiles the schema before the first client waits for it.
   *
   * @param nonceSource a {@code SecureRandom}, outside of tests
   * @param wallClockMillis milliseconds since the epoch, for {@code ts}
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when the settings make a
   *     handshake that no peer would accept
   */
  public ServerHandshake(
      HandshakeSettings settings, RandomGenerator nonceSource, LongSupplier wallClockMillis) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.nonceSource = Objects.requireNonNull(nonceSource, "nonceSource");
    this.wallClockMillis = Objects.requireNonNull(wallClockMillis, "wallClockMillis");
    this.replays = new ReplayGuard(settings.signing().window().toMillis(), ReplayGuard.MAX_ENTRIES);
    Payloads.checked(root("a nonce of 24 characters", Backend.NONE, null));
  }

  /**
   * Judges the first frame of a connection, from position to limit; the buffer is left as it was
   * and not kept. All limits of section 2 are checked here as well, whatever the framer enforces. A
   * signature is not: see {@link #verify}.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD}, {@code E_PROTOCOL_VERSION},
   *     {@code E_HANDSHAKE_REJECTED} or {@code E_INVALID_HANDSHAKE_SIGNATURE}; the connection must
   *     end, and nothing of it may have reached the application
   */
  public PeerHandshake examine(ByteBuffer frame) throws HandshakeRejection {
    ObjectNode root = StrictJson.parse(frame);
    boolean asksAnswer = settings.negotiate() && Scp.requestNonce(root) != null;
    try {
      boolean signed = HandshakeRules.shape(root, settings.signing().required());
      String version = HandshakeRules.version(root, settings);
      HandshakeRules.capabilities(root, settings);
      return new PeerHandshake(copy(frame), version, asksAnswer, signed);
    } catch (HandshakeRejection rejection) {
      throw rejection.answerable(asksAnswer);
    }
  }

  /**
   * Verifies the signature of an {@linkplain PeerHandshake#isUnverified() unverified} handshake, and
   * that it is fresh. Takes some 100 µs: not for a loop. It is remembered only when it is {@linkplain
   * #admit admitted}: who is refused by a verifier after this takes no memory.
   *
   * @param overTls whether the connection is over TLS, where nobody can have copied it on the way
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_SIGNATURE} or {@code
   *     E_HANDSHAKE_REPLAYED}
   */
  public PeerHandshake verify(PeerHandshake peer, boolean overTls) throws HandshakeRejection {
    ObjectNode root = peer.root();
    try {
      PeerIdentity signer = HandshakeSignature.verify(root, settings.signing().allowed());
      long now = wallClockMillis.getAsLong();
      if (remembers(overTls)) {
        replays.check(signer.publicKey(), nonce(root), ts(root), now);
      } else {
        ReplayGuard.requireFresh(ts(root), now, settings.signing().window().toMillis());
      }
      return peer.verified(signer);
    } catch (HandshakeRejection rejection) {
      throw rejection.answerable(peer.wantsAnswer());
    }
  }

  /**
   * Remembers an accepted handshake, so that it does not come in again. Does nothing for one that is
   * not signed, or may come in again. Fast enough for a loop.
   *
   * @param overTls as for {@link #verify}
   * @throws HandshakeRejection with {@code E_HANDSHAKE_REPLAYED} when it has come in meanwhile
   */
  public void admit(PeerHandshake peer, boolean overTls) throws HandshakeRejection {
    PeerIdentity signer = peer.signer().orElse(null);
    if (signer == null || !remembers(overTls)) {
      return;
    }
    ObjectNode root = peer.root();
    try {
      replays.admit(signer.publicKey(), nonce(root), ts(root), wallClockMillis.getAsLong());
    } catch (HandshakeRejection rejection) {
      throw rejection.answerable(peer.wantsAnswer());
    }
  }

  private boolean remembers(boolean overTls) {
    return !overTls || !settings.signing().repeats();
  }

  private static String nonce(ObjectNode root) {
    return root.path("nonce").textValue();
  }

  private static long ts(ObjectNode root) {
    return root.path("ts").longValue();
  }

  /** Whether a peer and this server may have a session that outlives their connection. */
  public boolean offersSessionTo(PeerHandshake peer) {
    return settings.offersSession()
        && peer.wantsAnswer()
        && Capabilities.canResume(peer.root().path("caps"));
  }

  /** Whether answers are signed, which takes some 100 µs. */
  public boolean signs() {
    return settings.signing().identity() != null;
  }

  /**
   * The server's handshake frame, which must be its first frame on the connection.
   *
   * @param peer an accepted peer that {@linkplain PeerHandshake#wantsAnswer() wants an answer}
   * @param backend what carries the connection
   * @param grant the session that the connection begins or goes on with, or null
   * @throws IllegalArgumentException when it does not: a legacy client would take it for a message
   */
  public Answer answer(PeerHandshake peer, Backend backend, SessionGrant grant) {
    if (!peer.wantsAnswer()) {
      throw new IllegalArgumentException("the peer did not ask for an answer");
    }
    ObjectNode client = peer.root();
    ObjectNode own = root(Scp.requestNonce(client), backend, grant);
    return new Answer(
        ByteBuffer.wrap(Payloads.checked(own)), Agreement.between(client, own, false));
  }

  /** What holds for a connection whose peer does not want an answer. */
  public Agreement withoutAnswer(PeerHandshake peer) {
    return Agreement.withLegacy(settings, peer.root());
  }

  private ObjectNode root(String nonce, Backend backend, SessionGrant grant) {
    ObjectNode own =
        Payloads.handshake(settings, backend, true, wallClockMillis.getAsLong()).put("re", nonce);
    if (grant != null) {
      own.set("session", grant.toJson());
    }
    return Payloads.signed(own, settings, nonceSource);
  }

  /**
   * The payload that tells a client why it is refused, under 1 KiB; only for {@linkplain
   * HandshakeRejection#answerable() answerable} rejections.
   *
   * @param reason escaped and cut here
   */
  public static byte[] reject(ErrorCode code, String reason) {
    return Payloads.reject(code, reason);
  }

  private static byte[] copy(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(frame.position(), bytes);
    return bytes;
  }
}
