package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qwormhole.api.PeerInfo;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.text.SafeText;

/**
 * An accepted handshake of the peer, kept as the bytes it sent: a connection may stay open for days
 * and ask for the details once. Immutable.
 */
public final class PeerHandshake {
  private static final int MAX_CLAIMS = 64;
  private static final List<String> SECRETS = List.of("token", "proof");

  /** What every handshake has, is told elsewhere, or nobody may see. */
  private static final Set<String> PROTOCOLS_OWN =
      Set.of(
          "type",
          "version",
          "caps",
          "ts",
          "sig",
          "tags",
          "negHash",
          "nonce",
          "publicKey",
          "signature",
          "re",
          "session");

  private static final PeerHandshake NONE = new PeerHandshake(null, "", false, false, null);

  private final byte[] payload;
  private final String version;
  private final boolean wantsAnswer;
  private final boolean signed;
  private final PeerIdentity identity;

  /**
   * A handshake that has passed every check but, if it is signed, that of its signature. The payload
   * is null when the peer sent none.
   */
  PeerHandshake(byte[] payload, String version, boolean wantsAnswer, boolean signed) {
    this(payload, version, wantsAnswer, signed, null);
  }

  private PeerHandshake(
      byte[] payload, String version, boolean wantsAnswer, boolean signed, PeerIdentity identity) {
    this.payload = payload;
    this.version = version;
    this.wantsAnswer = wantsAnswer;
    this.signed = signed;
    this.identity = identity;
  }

  /**
   * A peer that sends no handshake: a legacy server, or a peer of an endpoint without handshake.
   */
  public static PeerHandshake none() {
    return NONE;
  }

  /** The same handshake, whose signature has verified. */
  PeerHandshake verified(PeerIdentity signer) {
    return new PeerHandshake(payload, version, wantsAnswer, signed, signer);
  }

  /** Whether there is a signature that has not been verified: nothing may be believed yet. */
  public boolean isUnverified() {
    return signed && identity == null;
  }

  /** Whether the peer asked for SCP and this side speaks it, so that a server answers. */
  public boolean wantsAnswer() {
    return wantsAnswer;
  }

  /** The version the peer named, or empty. */
  public String version() {
    return version;
  }

  /**
   * What the peer said of itself, parsed anew at every call.
   *
   * @param negotiated whether SCP is on for the connection, which the caller knows
   */
  public PeerInfo info(boolean negotiated) {
    ObjectNode root = root();
    if (root.get("session") instanceof ObjectNode session) {
      session.remove(SECRETS);
    }
    return PeerInfo.of(root, Optional.ofNullable(identity), negotiated);
  }

  /**
   * What the peer claims beyond the protocol's own members, {@code sid}, {@code nv} and the
   * application's for instance, as JSON, escaped and cut; at most 64 of them.
   */
  public Map<String, String> claims() {
    Map<String, String> claims = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : root().properties()) {
      if (claims.size() < MAX_CLAIMS && !PROTOCOLS_OWN.contains(member.getKey())) {
        claims.put(
            SafeText.of(member.getKey(), SafeText.PEER_CHARS),
            SafeText.of(JavaScriptJson.text(member.getValue()), SafeText.PEER_CHARS));
      }
    }
    return claims;
  }

  /** The session that the peer asks to go on with, or null. */
  public ResumeRequest resumeRequest() {
    return ResumeRequest.of(root());
  }

  /** Who signed it, once that has verified; empty of a handshake that is not signed. */
  public Optional<PeerIdentity> signer() {
    return Optional.ofNullable(identity);
  }

  /** The parsed payload, an empty object when there is none. */
  ObjectNode root() {
    if (payload == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return StrictJson.parse(ByteBuffer.wrap(payload));
    } catch (HandshakeRejection e) {
      throw new IllegalStateException("a handshake that was accepted no longer parses", e);
    }
  }
}
