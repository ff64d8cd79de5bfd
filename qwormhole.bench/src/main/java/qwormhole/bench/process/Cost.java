package qwormhole.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import qwormhole.bench.load.Fields;

/**
 * What a round cost one process.
 *
 * @param cpuNanos CPU time of the whole process
 * @param allocatedBytes heap allocated by all threads but the one that serves the parent
 * @param gcCount garbage collections
 * @param gcMillis time these took
 */
public record Cost(long cpuNanos, long allocatedBytes, long gcCount, long gcMillis) {

  /** Adds itself to an event. */
  public void writeTo(ObjectNode event) {
    event
        .put("cpuNanos", cpuNanos)
        .put("allocatedBytes", allocatedBytes)
        .put("gcCount", gcCount)
        .put("gcMillis", gcMillis);
  }

  /** Reads what {@link #writeTo} wrote. */
  static Cost readFrom(JsonNode event) throws IOException {
    return new Cost(
        Fields.count(event, "cpuNanos"),
        Fields.integer(event, "allocatedBytes", Long.MIN_VALUE, Long.MAX_VALUE),
        Fields.count(event, "gcCount"),
        Fields.count(event, "gcMillis"));
  }
}
