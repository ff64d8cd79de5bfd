package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.Identity;
import qwormhole.api.internal.handshake.HandshakeSettings.Features;
import qwormhole.api.internal.handshake.HandshakeSettings.Signing;

/** Settings and shorthands that the tests of this room share. */
final class HandshakeSupport {
  static final long NOW = 1_700_000_000_000L;
  static final String VERSION = "1.0.0";

  static final Backend BACKEND = new Backend("lws", true);
  static final Features FEATURES = new Features(false, false, false, false, Set.of());

  private HandshakeSupport() {}

  static HandshakeSettings negotiating() {
    return settings(true, VERSION);
  }

  static HandshakeSettings plain() {
    return settings(false, VERSION);
  }

  static HandshakeSettings settings(boolean negotiate, String version, String... allowed) {
    return new HandshakeSettings(
        version,
        Map.of(),
        HandshakeMembers.NONE,
        negotiate,
        Set.of(allowed),
        signing(null),
        FEATURES);
  }

  static HandshakeSettings withTags(Map<String, Object> tags) {
    return new HandshakeSettings(
        VERSION, tags, HandshakeMembers.NONE, true, Set.of(), signing(null), FEATURES);
  }

  static HandshakeSettings signedBy(Identity identity) {
    return with(signing(identity));
  }

  /** Settings that negotiate, with these keys. */
  static HandshakeSettings with(Signing signing) {
    return new HandshakeSettings(
        VERSION, Map.of(), HandshakeMembers.NONE, true, Set.of(), signing, FEATURES);
  }

  /** Settings that negotiate, unsigned, with these features. */
  static HandshakeSettings with(Features features) {
    return new HandshakeSettings(
        VERSION, Map.of(), HandshakeMembers.NONE, true, Set.of(), signing(null), features);
  }

  /** Whoever signs may come in, and need not sign. */
  static Signing signing(Identity identity) {
    return new Signing(identity, false, Set.of(), Duration.ofMinutes(5), false);
  }

  static ServerHandshake server(HandshakeSettings settings) {
    return new ServerHandshake(settings, new Random(2), () -> NOW);
  }

  /** A client whose nonces are the same in every run. */
  static ClientHandshake client(HandshakeSettings settings) {
    return new ClientHandshake(settings, BACKEND, new Random(1), () -> NOW, null);
  }

  static byte[] answer(ServerHandshake server, PeerHandshake peer) {
    return server.answer(peer, BACKEND, null).payload().array();
  }

  static ByteBuffer frame(String json) {
    return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
  }

  static ByteBuffer frame(byte[] payload) {
    return ByteBuffer.wrap(payload);
  }

  /** Parses JSON of a test's own making. */
  static ObjectNode json(byte[] payload) throws HandshakeRejection {
    return StrictJson.parse(ByteBuffer.wrap(payload));
  }

  static HandshakeRejection refusal(HandshakeSettings settings, String json) {
    return refusal(settings, frame(json));
  }

  static HandshakeRejection refusal(HandshakeSettings settings, ByteBuffer frame) {
    return catchThrowableOfType(HandshakeRejection.class, () -> judge(server(settings), frame));
  }

  /** All that a server does with a first frame. */
  static PeerHandshake judge(ServerHandshake server, ByteBuffer frame) throws HandshakeRejection {
    PeerHandshake peer = server.examine(frame);
    PeerHandshake verified = peer.isUnverified() ? server.verify(peer, false) : peer;
    server.admit(verified, false);
    return verified;
  }
}
