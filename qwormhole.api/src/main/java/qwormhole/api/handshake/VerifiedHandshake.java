package qwormhole.api.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * A handshake that {@link Handshakes#verify} accepted. Immutable; any thread.
 *
 * @param payload all that it says, unknown members included; a copy at each call
 * @param signer the key whose signature verified; empty of a handshake that is not signed
 */
public record VerifiedHandshake(ObjectNode payload, Optional<PeerIdentity> signer) {
  public VerifiedHandshake {
    payload = payload.deepCopy();
    Objects.requireNonNull(signer, "signer");
  }

  @Override
  public ObjectNode payload() {
    return payload.deepCopy();
  }

  /** The signer alone. */
  @Override
  public String toString() {
    return "handshake " + signer.map(key -> "signed by " + key.sid()).orElse("without a signature");
  }
}
