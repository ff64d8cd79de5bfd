package qwormhole.api.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Members that an application adds to its handshakes: a sovereign identity, a negentropy vector, index
 * and metrics, and members of its own. They are claims of whoever sends them; a signature covers them.
 * Immutable; any thread.
 */
public final class HandshakeMembers {
  /** No members. */
  public static final HandshakeMembers NONE =
      new HandshakeMembers(JsonNodeFactory.instance.objectNode());

  private static final String SID = "sid";
  private static final String NV = "nv";
  private static final String INDEX = "nIndex";
  private static final String METRICS = "entropyMetrics";

  /** What the protocol sets, or reads as something of its own. */
  private static final Set<String> RESERVED =
      Set.of(
          "type",
          "version",
          SID,
          "caps",
          NV,
          "ts",
          "sig",
          "tags",
          INDEX,
          "negHash",
          METRICS,
          "nonce",
          "publicKey",
          "signature",
          "re",
          "session");

  private final ObjectNode json;

  private HandshakeMembers(ObjectNode json) {
    this.json = json;
  }

  /** Starts from no members. */
  public static Builder builder() {
    return new Builder();
  }

  /** The members as they are sent, a copy. */
  public ObjectNode toJson() {
    return json.deepCopy();
  }

  /**
   * That an endpoint with this key, which may be null, may say so.
   *
   * @throws IllegalArgumentException when a peer would refuse it: the index of a key is computed, and a
   *     {@code sid} of the form {@code ed25519:...} is its key's
   */
  public void checkFor(Identity identity) {
    if (identity != null && json.has(INDEX)) {
      throw new IllegalArgumentException(
          "nIndex cannot be set beside an identity: it follows from the key");
    }
    String sid = json.path(SID).asText("");
    if (PeerIdentity.isDerived(sid) && (identity == null || !sid.equals(identity.sid()))) {
      throw new IllegalArgumentException(
          "sid must not have the form ed25519:... of another key than that of identity");
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return json.isEmpty();
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "handshake members " + json.propertyStream().map(Map.Entry::getKey).toList();
  }

  /** Collects members. Not thread-safe. */
  public static final class Builder {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Builder() {}

    /**
     * The sovereign identity, in the place of the one that follows from the key. One of the form {@code
     * ed25519:...} is that of its key's owner alone.
     */
    public Builder sid(String value) {
      return set(SID, TextNode.valueOf(Objects.requireNonNull(value, SID)));
    }

    /** The negentropy vector as a text, such as a hash. */
    public Builder nv(String value) {
      return set(NV, TextNode.valueOf(Objects.requireNonNull(value, NV)));
    }

    /**
     * The negentropy vector as an object: {@code hash} (text), {@code entropy} (at least 0) and {@code
     * vector} (numbers), each of which may be absent, and anything else.
     */
    public Builder nv(ObjectNode value) {
      return set(NV, value.deepCopy());
    }

    /** The negentropic index, 0 to 1; only of an endpoint without a key. */
    public Builder nIndex(double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("nIndex must be 0 to 1, was " + value);
      }
      return set(INDEX, DoubleNode.valueOf(value));
    }

    /** What the index says in other words. */
    public Builder entropyMetrics(EntropyMetrics value) {
      return entropyMetrics(
          JsonNodeFactory.instance
              .objectNode()
              .put("entropy", value.entropy())
              .put("entropyVelocity", value.velocity().text())
              .put("coherence", value.coherence())
              .put("negIndex", value.negIndex()));
    }

    /**
     * The same as an object: {@code entropy} (at least 0), {@code entropyVelocity} (low, stable, rising,
     * spiking), {@code coherence} (high, medium, low, chaos) and {@code negIndex} (0 to 1), each of
     * which may be absent, and anything else.
     */
    public Builder entropyMetrics(ObjectNode value) {
      return set(METRICS, value.deepCopy());
    }

    /**
     * A member of the application's own.
     *
     * @throws IllegalArgumentException when the name is one that the protocol uses
     */
    public Builder member(String name, JsonNode value) {
      if (Objects.requireNonNull(name, "name").isEmpty() || RESERVED.contains(name)) {
        throw new IllegalArgumentException(
            "handshake member \"" + name + "\" is the protocol's: choose another name");
      }
      return set(name, value.deepCopy());
    }

    /** A member of the application's own, a text. */
    public Builder member(String name, String value) {
      return member(name, TextNode.valueOf(Objects.requireNonNull(value, "value")));
    }

    private Builder set(String name, JsonNode value) {
      json.set(name, value);
      return this;
    }

    /**
     * The members as they stand.
     *
     * @throws IllegalArgumentException when a peer would refuse a handshake with them, naming the member
     *     and what it must be
     */
    public HandshakeMembers build() {
      requireExact(json);
      HandshakeMembers members = new HandshakeMembers(json.deepCopy());
      Handshakes.check(members);
      return members;
    }

    /** Numbers of JSON are doubles to a peer: what would become another one is refused. */
    private static void requireExact(JsonNode value) {
      if (value.isNumber()) {
        double sent = value.doubleValue();
        boolean whole = value.isIntegralNumber();
        if (!Double.isFinite(sent)
            || (whole && new BigDecimal(sent).compareTo(value.decimalValue()) != 0)) {
          throw new IllegalArgumentException(
              "handshake members: the number " + value.asText() + " has no exact form in JSON");
        }
      }
      value.forEach(Builder::requireExact);
    }
  }
}
