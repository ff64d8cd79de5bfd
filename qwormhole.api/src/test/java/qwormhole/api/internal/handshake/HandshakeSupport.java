package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Settings and shorthands that the tests of this room share. */
final class HandshakeSupport {
  static final long NOW = 1_700_000_000_000L;
  static final String VERSION = "1.0.0";

  private HandshakeSupport() {}

  static HandshakeSettings negotiating() {
    return settings(true, VERSION);
  }

  static HandshakeSettings plain() {
    return settings(false, VERSION);
  }

  static HandshakeSettings settings(boolean negotiate, String version, String... allowed) {
    return new HandshakeSettings(
        version, null, Map.of(), negotiate, "java", false, Set.of(allowed));
  }

  static HandshakeSettings withTags(Map<String, Object> tags) {
    return new HandshakeSettings(VERSION, "sid-1", tags, true, "lws", true, Set.of());
  }

  static ServerHandshake server(HandshakeSettings settings) {
    return new ServerHandshake(settings, () -> NOW);
  }

  /** A client whose nonces are the same in every run. */
  static ClientHandshake client(HandshakeSettings settings) {
    return new ClientHandshake(settings, new Random(1), () -> NOW);
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
    return catchThrowableOfType(HandshakeRejection.class, () -> server(settings).examine(frame));
  }
}
