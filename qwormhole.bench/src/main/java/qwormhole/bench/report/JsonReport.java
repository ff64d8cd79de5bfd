package qwormhole.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import qwormhole.bench.load.Workload;

/**
 * A result as JSON: conditions, settings, and each row with its raw data. {@link ResultSchema}
 * describes it.
 */
public final class JsonReport {
  /** Names the shape; raised when a member changes its meaning. */
  public static final String FORMAT = "qwormhole-bench/1";

  private JsonReport() {}

  /** The whole document. */
  public static ObjectNode of(Result result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    root.set("conditions", conditions(result.conditions()));
    root.set("settings", settings(result.settings()));
    root.put("interrupted", result.interrupted());
    ArrayNode rows = root.putArray("rows");
    result.rows().forEach(row -> rows.add(JsonRow.of(row)));
    ArrayNode fallbacks = root.putArray("fallbacks");
    result.fallbacks().forEach(fallback -> fallbacks.add(JsonFallback.of(fallback)));
    return root;
  }

  private static ObjectNode conditions(Conditions conditions) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("date", conditions.date().toString());
    json.setAll(conditions.machine().toJson());
    json.put("network", conditions.network()).put("seed", conditions.seed());
    if (conditions.server() != null) {
      json.set("server", conditions.server().toJson());
    }
    return json;
  }

  private static ObjectNode settings(Settings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode workloads = json.putArray("workloads");
    settings.workloads().stream().map(Workload::id).forEach(workloads::add);
    settings.modes().forEach(json.putArray("modes")::add);
    settings.sizes().forEach(json.putArray("sizes")::add);
    settings.features().addTo(json);
    return json.put("messages", settings.messages() > 0 ? settings.messages() : null)
        .put("seconds", settings.seconds() > 0 ? settings.seconds() : null)
        .put("clients", settings.clients() > 0 ? settings.clients() : null)
        .put("depth", settings.depth() > 0 ? settings.depth() : null)
        .put("repeats", settings.repeats())
        .put("warmupSeconds", settings.warmupSeconds())
        .put("send", settings.send().id())
        .put("baseline", settings.baseline())
        .put("bareWriteBytes", settings.bareWriteBytes());
  }
}
