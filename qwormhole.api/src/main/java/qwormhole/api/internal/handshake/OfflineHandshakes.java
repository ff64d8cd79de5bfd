package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.HandshakeRequirements;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.handshake.VerifiedHandshake;

/** Handshakes of no connection, made and judged by the same rules as those of one. Any thread. */
public final class OfflineHandshakes {
  private static final SecureRandom NONCES = new SecureRandom();

  private OfflineHandshakes() {}

  /** A client's payload that asks for nothing; the identity is null of one that is not signed. */
  public static byte[] create(
      Identity identity, String version, Map<String, ?> tags, HandshakeMembers members) {
    HandshakeSettings settings =
        new HandshakeSettings(
            version,
            Map.copyOf(tags),
            members,
            false,
            Set.of(),
            new HandshakeSettings.Signing(identity, false, Set.of(), Duration.ZERO, false),
            HandshakeSettings.Features.NONE);
    long time = settings.signing().time(System.currentTimeMillis());
    ObjectNode root = Payloads.handshake(settings, Backend.NONE, false, time);
    return Payloads.checked(Payloads.signed(root, settings, NONCES));
  }

  /** What a handshake says and who signed it, or a {@link QWormholeException} with a code. */
  public static VerifiedHandshake verify(byte[] payload, HandshakeRequirements required) {
    try {
      ObjectNode root = StrictJson.parse(ByteBuffer.wrap(payload));
      boolean signed = HandshakeRules.shape(root, required.signed());
      if (!required.allowedVersions().isEmpty()) {
        HandshakeRules.oneOf(root.path("version").asText(""), required.allowedVersions());
      }
      Optional<PeerIdentity> signer = Optional.empty();
      if (signed) {
        Set<PeerIdentity> allowed =
            required.allowedKeys().stream().map(PeerIdentity::of).collect(Collectors.toSet());
        signer = Optional.of(HandshakeSignature.verify(root, allowed));
        if (required.freshness().isPresent()) {
          ReplayGuard.requireFresh(
              root.path("ts").longValue(),
              required.clock().millis(),
              required.freshness().get().toMillis());
        }
      }
      return new VerifiedHandshake(root, signer);
    } catch (HandshakeRejection e) {
      throw new QWormholeException(e.code(), e.reason());
    }
  }

  /** That a handshake with these members fits the schema and the limits. */
  public static void check(HandshakeMembers members) {
    ObjectNode root = members.toJson().put("type", "handshake");
    try {
      WireSchema.HANDSHAKE.check(StrictJson.parse(ByteBuffer.wrap(Payloads.write(root))));
    } catch (HandshakeRejection e) {
      throw new IllegalArgumentException("handshake members: " + e.reason());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "handshake members: a value has no JSON form: " + e.getMessage(), e);
    }
  }
}
