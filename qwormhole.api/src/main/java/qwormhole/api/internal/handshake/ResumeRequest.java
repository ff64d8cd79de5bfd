package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A client's wish to go on with its session over this connection (protocol section 5).
 *
 * @param id the session's
 * @param epoch the number of the connection that it asks for
 * @param attempt which of the client's tries this is: the newest one wins
 * @param received how many messages of the server's it has received
 * @param oldest the number of the oldest message that it can send again
 * @param nonce that of its handshake
 * @param proof that it has the session's token
 */
public record ResumeRequest(
    String id, long epoch, long attempt, long received, long oldest, String nonce, String proof) {

  /** What a client's handshake asks for, or null when it asks for a new session or for none. */
  static ResumeRequest of(ObjectNode handshake) {
    JsonNode session = handshake.path("session");
    String id = session.path("id").textValue();
    String nonce = Scp.requestNonce(handshake);
    if (id == null || nonce == null) {
      return null;
    }
    return new ResumeRequest(
        id,
        session.path("epoch").asLong(-1),
        session.path("attempt").asLong(-1),
        session.path("received").asLong(-1),
        session.path("oldest").asLong(-1),
        nonce,
        session.path("proof").asText(""));
  }

  /** The request of one who was granted a session. */
  static ResumeRequest to(
      SessionGrant grant, long attempt, long received, long oldest, String nonce) {
    long epoch = grant.epoch() + 1;
    return new ResumeRequest(
        grant.id(),
        epoch,
        attempt,
        received,
        oldest,
        nonce,
        grant.proof(epoch, attempt, received, nonce));
  }

  /** The member {@code session} of a client's handshake. */
  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("epoch", epoch)
        .put("attempt", attempt)
        .put("received", received)
        .put("oldest", oldest)
        .put("proof", proof);
  }

  @Override
  public String toString() {
    return "request for session " + id + ", epoch " + epoch + ", attempt " + attempt;
  }
}
