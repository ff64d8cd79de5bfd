package qwormhole.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import qwormhole.api.handshake.PeerIdentity;

/**
 * What a peer said of itself, checked against the handshake schema. Of a peer that signed, nobody but
 * the owner of its key said so; of any other, anybody may have. Immutable: trees are copies. Any thread.
 */
public final class PeerInfo {
  private final ObjectNode payload;
  private final PeerIdentity identity;
  private final boolean negotiated;

  private PeerInfo(ObjectNode payload, PeerIdentity identity, boolean negotiated) {
    this.payload = payload;
    this.identity = identity;
    this.negotiated = negotiated;
  }

  /**
   * A peer of this handshake, for the tests of a {@link HandshakeVerifier}.
   *
   * @param payload what it said, which is copied
   * @param identity the key that it signed with, if it did
   * @param negotiated see {@link #negotiated()}
   */
  public static PeerInfo of(
      ObjectNode payload, Optional<PeerIdentity> identity, boolean negotiated) {
    return new PeerInfo(payload.deepCopy(), identity.orElse(null), negotiated);
  }

  /** The protocol version, or empty when it named none. */
  public String version() {
    return payload.path("version").asText("");
  }

  /** The sovereign identity as claimed, or empty; see {@link #identity()} for what is proven. */
  public String sid() {
    return payload.path("sid").asText("");
  }

  /** The key that signed the handshake, verified; empty when it was not signed. */
  public Optional<PeerIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Tags with string or number values. */
  public Map<String, Object> tags() {
    Map<String, Object> tags = new LinkedHashMap<>();
    payload.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag(tag.getValue())));
    return Map.copyOf(tags);
  }

  private static Object tag(JsonNode value) {
    return value.isNumber() ? value.numberValue() : value.textValue();
  }

  /** Capabilities, unknown members included. */
  public ObjectNode caps() {
    return payload.get("caps") instanceof ObjectNode caps ? caps.deepCopy() : payload.objectNode();
  }

  /** The negentropy vector: a text or an object. */
  public Optional<JsonNode> nv() {
    return Optional.ofNullable(payload.get("nv")).map(JsonNode::deepCopy);
  }

  /** The negentropic index: of a peer that signed, computed from its key; else as claimed. */
  public OptionalDouble nIndex() {
    return payload.has("nIndex")
        ? OptionalDouble.of(payload.path("nIndex").doubleValue())
        : OptionalDouble.empty();
  }

  /** Entropy metrics as claimed; each member may be absent. */
  public Optional<ObjectNode> entropyMetrics() {
    return payload.get("entropyMetrics") instanceof ObjectNode metrics
        ? Optional.of(metrics.deepCopy())
        : Optional.empty();
  }

  /**
   * The whole handshake, members of the application's own included; empty of a peer that sent none. What
   * is secret in it, the token of a resumable session and the proof of having it, is left out.
   */
  public ObjectNode payload() {
    return payload.deepCopy();
  }

  /** Tells whether both sides speak the negotiated protocol (control frames, GOAWAY). */
  public boolean negotiated() {
    return negotiated;
  }

  /** The proven key, or that there is none: no words of the peer's. */
  @Override
  public String toString() {
    return identity == null ? "peer without a proven key" : "peer " + identity.sid();
  }
}
