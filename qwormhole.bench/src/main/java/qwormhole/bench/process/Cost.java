package qwormhole.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
  static Cost readFrom(JsonNode event) {
    return new Cost(
        event.get("cpuNanos").asLong(),
        event.get("allocatedBytes").asLong(),
        event.get("gcCount").asLong(),
        event.get("gcMillis").asLong());
  }
}
