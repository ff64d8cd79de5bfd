package qwormhole.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.load.Fields;

/**
 * What a serving bench says of itself before anything else.
 *
 * @param machine where it runs
 * @param providers the ids of its transports
 */
record Greeting(Machine machine, List<String> providers) {
  /** Raised when commands or events change. */
  private static final String PROTOCOL = "qwormhole-bench-control/1";

  private static final int MAX_PROVIDERS = 100;

  /** What a loading bench says first. */
  static ObjectNode hello() {
    return Lines.of("hello").put("protocol", PROTOCOL).put("version", Machine.benchVersion());
  }

  /** Why a peer that said this hello cannot be served, or null. */
  static String objection(ObjectNode hello) throws IOException {
    if (!hello.get("kind").asText().equals("hello")) {
      return "expected hello";
    }
    String protocol = Fields.text(hello, "protocol");
    String version = Fields.text(hello, "version");
    return protocol.equals(PROTOCOL) && version.equals(Machine.benchVersion())
        ? null
        : mismatch("the loading side", version, "this server");
  }

  private static String mismatch(String there, String version, String here) {
    return "%s is qwormhole-bench %s, %s is %s: run the same version on both"
        .formatted(there, version, here, Machine.benchVersion());
  }

  ObjectNode toJson() {
    ObjectNode json =
        Lines.of("welcome").put("protocol", PROTOCOL).put("version", machine.version());
    json.set("machine", machine.toJson());
    providers.forEach(json.putArray("providers")::add);
    return json;
  }

  /**
   * What the server answered.
   *
   * @throws VersionException when it is another version
   * @throws IOException when it is busy, or no bench
   */
  static Greeting read(String where, ObjectNode answer) throws IOException {
    if (answer == null) {
      throw new IOException(where + " closed the connection: is it qwormhole-bench serve?");
    }
    String kind = answer.get("kind").asText();
    if (kind.equals("busy")) {
      throw new IOException(where + " is serving another bench");
    }
    if (!answer.path("version").isTextual()) {
      throw new IOException(where + " is not qwormhole-bench serve");
    }
    String version = Fields.text(answer, "version");
    if (!version.equals(Machine.benchVersion())
        || !PROTOCOL.equals(answer.path("protocol").asText())) {
      throw new VersionException(mismatch("the server at " + where, version, "this side"));
    }
    if (!kind.equals("welcome")) {
      throw new IOException(where + " refused: " + Fields.text(answer, "message"));
    }
    return new Greeting(Machine.fromJson(answer.path("machine")), ids(answer));
  }

  private static List<String> ids(ObjectNode answer) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode id : answer.path("providers")) {
      if (ids.size() == MAX_PROVIDERS || !id.isTextual()) {
        throw new IOException("providers must be texts, %d at most".formatted(MAX_PROVIDERS));
      }
      ids.add(Fields.printable(id.textValue()));
    }
    return ids;
  }
}
