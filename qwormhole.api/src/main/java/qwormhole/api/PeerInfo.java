package qwormhole.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import qwormhole.api.handshake.PeerIdentity;

/**
 * What a peer said of itself, checked against the handshake schema. Of a peer that signed, nobody but
 * the owner of its key said so; of any other, anybody may have.
 *
 * @param version protocol version, or empty when it named none
 * @param sid sovereign identity as claimed, or empty; see {@code identity} for what is proven
 * @param identity the key that signed the handshake, verified; empty when it was not signed
 * @param tags tags with string or number values, never null
 * @param caps capabilities, unknown members included, never null
 * @param negotiated whether both sides speak the negotiated protocol (control frames, GOAWAY)
 */
public record PeerInfo(
    String version,
    String sid,
    Optional<PeerIdentity> identity,
    Map<String, Object> tags,
    ObjectNode caps,
    boolean negotiated) {

  public PeerInfo {
    tags = Map.copyOf(tags);
  }
}
