package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/**
 * A server's side of the handshake: judges a client's first frame, and answers it (protocol
 * sections 2 and 4). Stateless and thread-safe; one serves all connections of a server.
 */
public final class ServerHandshake {
  private final HandshakeSettings settings;
  private final LongSupplier wallClockMillis;

  /**
   * A judge by these settings. Its own handshake is checked here, so that a server that could answer
   * nobody does not start; this also compiles the schema before the first client waits for it.
   *
   * @param wallClockMillis milliseconds since the epoch, for {@code ts}
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when the settings make a
   *     handshake that no peer would accept
   */
  public ServerHandshake(HandshakeSettings settings, LongSupplier wallClockMillis) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.wallClockMillis = Objects.requireNonNull(wallClockMillis, "wallClockMillis");
    answer("a nonce of 24 characters", 0);
  }

  /**
   * Judges the first frame of a connection, from position to limit; the buffer is left as it was
   * and not kept. All limits of section 2 are checked here as well, whatever the framer enforces.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD}, {@code E_PROTOCOL_VERSION}
   *     or {@code E_INVALID_HANDSHAKE_SIGNATURE}; the connection must end, and nothing of it may
   *     have reached the application
   */
  public PeerHandshake examine(ByteBuffer frame) throws HandshakeRejection {
    ObjectNode root = StrictJson.parse(frame);
    boolean asksAnswer = settings.negotiate() && Scp.requestNonce(root) != null;
    try {
      WireSchema.HANDSHAKE.check(root);
      String version = HandshakeRules.version(root, settings);
      HandshakeRules.unsigned(root);
      return new PeerHandshake(copy(frame), version, asksAnswer);
    } catch (HandshakeRejection rejection) {
      throw rejection.answerable(asksAnswer);
    }
  }

  /**
   * The payload of the server's handshake frame, which must be its first frame on the connection.
   *
   * @param peer an accepted peer that {@linkplain PeerHandshake#wantsAnswer() wants an answer}
   * @throws IllegalArgumentException when it does not: a legacy client would take it for a message
   */
  public byte[] answer(PeerHandshake peer) {
    if (!peer.wantsAnswer()) {
      throw new IllegalArgumentException("the peer did not ask for an answer");
    }
    return answer(Scp.requestNonce(peer.root()), wallClockMillis.getAsLong());
  }

  private byte[] answer(String nonce, long now) {
    return Payloads.checked(Payloads.handshake(settings, now).put("re", nonce));
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
