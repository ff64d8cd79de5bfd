package qwormhole.api.internal.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Valid SCP messages (protocol section 6) as telemetry: their members as escaped and cut text, the
 * signature left out, and what came of checking it.
 */
public final class ScpEvents {
  private static final int MAX_HINTS = 32;

  private ScpEvents() {}

  /** The event of a message whose schema accepted it: intent, state, revelation or shard. */
  public static TelemetryEvent of(
      Source source, long connectionId, JsonNode message, ScpSignature signature) {
    return switch (message.path("type").asText()) {
      case "intent" -> intent(source, connectionId, message, signature);
      case "state" -> state(source, connectionId, message, signature);
      case "revelation" -> revelation(source, connectionId, message, signature);
      case "shard" -> shard(source, connectionId, message, signature);
      default -> throw new IllegalArgumentException("not an SCP message");
    };
  }

  private static TelemetryEvent intent(
      Source source, long id, JsonNode message, ScpSignature signature) {
    return new TelemetryEvent.Intent(
        source,
        id,
        text(message.path("sid")),
        text(message.path("intent")),
        json(message.path("payload")),
        text(message.path("ts")),
        signature);
  }

  private static TelemetryEvent revelation(
      Source source, long id, JsonNode message, ScpSignature signature) {
    return new TelemetryEvent.Revelation(
        source,
        id,
        text(message.path("sid")),
        text(message.path("intent")),
        json(message.path("payload")),
        text(message.path("ts")),
        signature);
  }

  private static TelemetryEvent state(
      Source source, long id, JsonNode message, ScpSignature signature) {
    JsonNode merge = message.path("merge");
    return new TelemetryEvent.State(
        source,
        id,
        text(message.path("sid")),
        text(message.at("/snapshot/stateHash")),
        text(message.at("/snapshot/summary")),
        message.at("/delta/changes").size(),
        text(merge.path("winner")),
        text(merge.path("strategy")),
        text(message.path("ts")),
        signature);
  }

  private static TelemetryEvent shard(
      Source source, long id, JsonNode message, ScpSignature signature) {
    List<String> hints = new ArrayList<>();
    for (JsonNode hint : message.path("routingHints")) {
      if (hints.size() < MAX_HINTS) {
        hints.add(text(hint));
      }
    }
    return new TelemetryEvent.Shard(
        source,
        id,
        text(message.path("id")),
        text(message.path("root")),
        json(message.path("capabilities")),
        hints,
        text(message.path("stateHash")),
        signature);
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "" : SafeText.of(value.asText(""), SafeText.PEER_CHARS);
  }

  private static String json(JsonNode value) {
    return value.isMissingNode() ? "" : SafeText.of(value.toString());
  }
}
