package qwormhole.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What QWormhole's endpoints do beyond moving messages; other contenders do none of it.
 *
 * @param signed whether handshakes are signed, and have to be
 * @param resume whether sessions can be resumed: what is sent is kept until it was acknowledged
 * @param tls whether all bytes are encrypted
 */
public record Features(boolean signed, boolean resume, boolean tls) {
  /** None of it. */
  public static final Features PLAIN = new Features(false, false, false);

  /** Puts them into an object that {@link #of} reads. */
  public ObjectNode addTo(ObjectNode json) {
    return json.put("signed", signed).put("resume", resume).put("tls", tls);
  }

  /** Those of an object; what it does not name is not done. */
  public static Features of(JsonNode json) {
    return new Features(
        json.path("signed").asBoolean(),
        json.path("resume").asBoolean(),
        json.path("tls").asBoolean());
  }

  /** Those that are on, in words. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (signed) {
      words.add("signed");
    }
    if (resume) {
      words.add("resumable");
    }
    if (tls) {
      words.add("encrypted");
    }
    return words;
  }
}
