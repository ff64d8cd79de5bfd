package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The SCP messages that peers exchange once they are connected (protocol section 6). */
public final class ScpMessages {
  private ScpMessages() {}

  /**
   * What is wrong with a message, fit to be shown; empty when it is right, or no SCP message. Any
   * thread.
   */
  public static Optional<String> problem(JsonNode message) {
    return switch (message.path("type").asText("")) {
      case "intent" -> WireSchema.INTENT.problem(message);
      case "state" -> WireSchema.STATE.problem(message);
      case "revelation" -> WireSchema.REVELATION.problem(message);
      case "shard" -> WireSchema.SHARD.problem(message);
      default -> Optional.empty();
    };
  }
}
