package qwormhole.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a peer said of itself, checked against the handshake schema but not proven.
 *
 * @param version protocol version, or empty when it named none
 * @param sid sovereign identity as claimed, or empty
 * @param tags tags with string or number values, never null
 * @param caps capabilities, unknown members included, never null
 * @param negotiated whether both sides speak the negotiated protocol (control frames, GOAWAY)
 */
public record PeerInfo(
    String version, String sid, Map<String, Object> tags, ObjectNode caps, boolean negotiated) {

  public PeerInfo {
    tags = Map.copyOf(tags);
  }
}
