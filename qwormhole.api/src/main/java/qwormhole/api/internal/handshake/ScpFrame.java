package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A data frame that is an SCP message (protocol section 6): a JSON object whose {@code type} is intent,
 * state, revelation or shard.
 *
 * @param message the message, or null when it is not valid
 * @param problem what is wrong with it, escaped and cut, or null
 */
public record ScpFrame(ObjectNode message, String problem) {
  private static final Set<String> TYPES = Set.of("intent", "state", "revelation", "shard");

  /**
   * Looks whether a frame is an SCP message, and reads it if so. What does not begin as a JSON object
   * costs a look at its first byte, any other JSON object is read as far as its {@code type}, at most
   * 16 KiB. The buffer is left as it was.
   *
   * @return null when the frame is something else
   */
  public static ScpFrame read(ByteBuffer frame) {
    if (!TYPES.contains(JsonPeek.text(frame, "type"))) {
      return null;
    }
    try {
      ObjectNode message = StrictJson.parse(frame, "message");
      return ScpMessages.problem(message)
          .map(problem -> new ScpFrame(null, problem))
          .orElseGet(() -> new ScpFrame(message, null));
    } catch (HandshakeRejection e) {
      return new ScpFrame(null, e.reason());
    }
  }
}
