package qwormhole.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Histograms;

/** The form of what parent and child tell each other: one JSON object a line. */
final class Lines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Lines() {}

  /** A command or event of this kind. */
  static ObjectNode of(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }

  static String write(ObjectNode line) {
    return line.toString();
  }

  static ObjectNode read(String line) throws IOException {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object && object.hasNonNull("kind")) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException("not a line of the bench's protocol: " + line, e);
    }
    throw new IOException("not a line of the bench's protocol: " + line);
  }

  static void put(ObjectNode event, Counts counts) {
    event
        .put("received", counts.received())
        .put("decoded", counts.decoded())
        .put("bytes", counts.bytes());
  }

  static Counts counts(ObjectNode event) {
    return new Counts(
        event.get("received").asLong(), event.get("decoded").asLong(), event.get("bytes").asLong());
  }

  static void put(ObjectNode event, Effort effort) {
    event
        .put("writes", effort.writes())
        .put("bytesWritten", effort.bytesWritten())
        .put("refused", effort.refused());
  }

  static Effort effort(ObjectNode event) {
    return new Effort(
        event.get("writes").asLong(),
        event.get("bytesWritten").asLong(),
        event.get("refused").asLong());
  }

  static void put(ObjectNode event, String name, Histogram histogram) {
    if (histogram != null) {
      event.put(name, Histograms.encode(histogram));
    }
  }

  /** The histogram of this name, or null. */
  static Histogram histogram(ObjectNode event, String name) throws IOException {
    return event.hasNonNull(name) ? Histograms.decode(event.get(name).asText()) : null;
  }
}
