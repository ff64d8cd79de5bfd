package qwormhole.bench.saved;

import com.fasterxml.jackson.databind.JsonNode;

/** A run in which a transport was killed under load, as the schema has it. */
public record SavedFallback(JsonNode json) {

  /** Which side's transport was killed, and the pairing before. */
  public String title() {
    String sessions = json.path("resume").asBoolean() ? ", resumable sessions" : "";
    return json.get("mode").asText() + ", " + json.get("killed").asText() + " killed" + sessions;
  }

  /** Whether it has numbers. */
  public boolean isMeasured() {
    return !json.get("skipped").asBoolean() && !json.get("failed").asBoolean();
  }

  public boolean isFailed() {
    return json.get("failed").asBoolean();
  }

  /** The pairing at the end. */
  public String modeAfter() {
    return json.path("modeAfter").asText();
  }

  /** Why it has none. */
  public String reason() {
    return json.path("reason").asText();
  }

  /** A whole number of it. */
  public long count(String name) {
    return json.path(name).asLong();
  }
}
