package qwormhole.api.handshake;

import java.util.Map;
import java.util.Objects;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.OfflineHandshakes;

/**
 * Makes and verifies handshakes apart from any connection: to try a configuration, to carry a signed
 * introduction some other way, to check a recorded one. Any thread; signing and verifying take some 100
 * µs. What is verified here may be a copy that somebody replays: only a connection that carries a fresh
 * nonce both ways shows that its peer is there now.
 */
public final class Handshakes {
  private Handshakes() {}

  /**
   * The payload of a client's handshake, UTF-8 JSON, that is not signed.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when a peer would refuse it
   */
  public static byte[] create(String version, Map<String, ?> tags, HandshakeMembers members) {
    return OfflineHandshakes.create(null, version, tags, members);
  }

  /**
   * The payload of a signed handshake, UTF-8 JSON, with a fresh nonce and the time of now.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD} when a peer would refuse it
   */
  public static byte[] create(
      Identity identity, String version, Map<String, ?> tags, HandshakeMembers members) {
    Objects.requireNonNull(identity, "identity");
    return OfflineHandshakes.create(identity, version, tags, members);
  }

  /**
   * Verifies a handshake by the rules that hold on a connection, but for its being seen before: form,
   * limits and, where there is any member of a signature, all of it.
   *
   * @throws QWormholeException with {@code E_INVALID_HANDSHAKE_PAYLOAD}, {@code
   *     E_INVALID_HANDSHAKE_SIGNATURE}, {@code E_PROTOCOL_VERSION} or, of one whose time is not within
   *     the freshness asked for, {@code E_HANDSHAKE_REPLAYED}
   */
  public static VerifiedHandshake verify(byte[] payload, HandshakeRequirements required) {
    return OfflineHandshakes.verify(payload, required);
  }

  /**
   * Checks members by the schema and the limits of a handshake.
   *
   * @throws IllegalArgumentException naming the member and what it must be
   */
  static void check(HandshakeMembers members) {
    OfflineHandshakes.check(members);
  }
}
