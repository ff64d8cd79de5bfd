package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.handshake.Trust;
import qwormhole.api.handshake.TrustPolicy;

/**
 * What follows from the handshakes of both sides. Each side works it out by itself, from the same two
 * payloads and by the same rules, so that nothing needs to be confirmed.
 *
 * @param negotiated what both can and do
 * @param trust how far the other side is trusted
 */
public record Agreement(Negotiated negotiated, Trust trust) {

  /** Before anything is known of the peer. */
  public static final Agreement NONE =
      new Agreement(
          Negotiated.NOTHING,
          new Trust(
              TrustPolicy.DEFAULT_INDEX, false, TrustPolicy.of(TrustPolicy.DEFAULT_INDEX), false));

  /** With a peer that does not negotiate; only this side's own writing can follow a policy. */
  static Agreement withLegacy(HandshakeSettings settings, ObjectNode peer) {
    ObjectNode own = settings.members().toJson();
    if (settings.signing().identity() != null) {
      own.put("publicKey", settings.signing().identity().publicKey());
    }
    return new Agreement(Negotiated.NOTHING, trust(own, peer, settings.features().enforceTrust()));
  }

  /** Between an SCP client and the server that answered it. */
  static Agreement between(ObjectNode client, ObjectNode server, boolean ownIsClient) {
    JsonNode clientCaps = client.path("caps");
    JsonNode serverCaps = server.path("caps");
    boolean enforced = Capabilities.enforces(clientCaps) || Capabilities.enforces(serverCaps);
    Trust trust = ownIsClient ? trust(client, server, enforced) : trust(server, client, enforced);
    List<JsonNode> both = List.of(clientCaps, serverCaps);
    boolean checksumWanted =
        both.stream().anyMatch(Capabilities::wantsChecksum)
            || (enforced && trust.policy().requiresChecksum());
    boolean ackWanted =
        both.stream().anyMatch(Capabilities::wantsAck)
            || (enforced && trust.policy().requiresAck());
    boolean session = both.stream().allMatch(Capabilities::canResume) && server.has("session");
    return new Agreement(
        new Negotiated(
            true,
            Capabilities.commonCodecs(clientCaps, serverCaps),
            checksumWanted && both.stream().allMatch(Capabilities::canChecksum),
            session || (ackWanted && both.stream().allMatch(Capabilities::canAck)),
            session),
        trust);
  }

  private static Trust trust(ObjectNode own, ObjectNode peer, boolean enforced) {
    double index = index(peer);
    Trust trust =
        new Trust(index, peer.has("publicKey"), TrustPolicy.merge(index(own), index), enforced);
    return trust.equals(NONE.trust()) ? NONE.trust() : trust; // every connection keeps one
  }

  /** Protocol section 7; the key of a signed handshake has been verified by now. */
  private static double index(ObjectNode handshake) {
    if (handshake.has("publicKey")) {
      return Negentropy.index(PeerIdentity.of(handshake.path("publicKey").textValue()).encoded());
    }
    return Stream.of(handshake.get("nIndex"), handshake.path("entropyMetrics").get("negIndex"))
        .filter(Objects::nonNull)
        .mapToDouble(JsonNode::doubleValue)
        .findFirst()
        .orElse(TrustPolicy.DEFAULT_INDEX);
  }
}
