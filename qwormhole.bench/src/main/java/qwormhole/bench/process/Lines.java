package qwormhole.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Fields;
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
      if (JSON.readTree(line) instanceof ObjectNode object && object.path("kind").isTextual()) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(notALine(line), e);
    }
    throw new IOException(notALine(line));
  }

  private static String notALine(String line) {
    return "not a line of the bench's protocol: " + Fields.printable(line);
  }

  static void put(ObjectNode event, Counts counts) {
    event
        .put("received", counts.received())
        .put("decoded", counts.decoded())
        .put("bytes", counts.bytes())
        .put("lost", counts.lost())
        .put("doubled", counts.doubled());
  }

  static Counts counts(ObjectNode event) throws IOException {
    return new Counts(
        Fields.count(event, "received"),
        Fields.count(event, "decoded"),
        Fields.count(event, "bytes"),
        Fields.count(event, "lost"),
        Fields.count(event, "doubled"));
  }

  static void put(ObjectNode event, Effort effort) {
    event
        .put("writes", effort.writes())
        .put("bytesWritten", effort.bytesWritten())
        .put("refused", effort.refused())
        .put("backpressure", effort.backpressure());
  }

  static Effort effort(ObjectNode event) throws IOException {
    return new Effort(
        Fields.integer(event, "writes", -1, Long.MAX_VALUE),
        Fields.integer(event, "bytesWritten", -1, Long.MAX_VALUE),
        Fields.integer(event, "refused", -1, Long.MAX_VALUE),
        Fields.integer(event, "backpressure", -1, Long.MAX_VALUE));
  }

  static void put(ObjectNode event, String name, Histogram histogram) {
    if (histogram != null) {
      event.put(name, Histograms.encode(histogram));
    }
  }

  static void put(ObjectNode event, Memory memory) {
    event.put("heapBytes", memory.heapBytes());
    if (memory.isResidentKnown()) {
      event.put("rssBytes", memory.rssBytes());
    }
  }

  static Memory memory(ObjectNode event) throws IOException {
    return new Memory(
        Fields.count(event, "heapBytes"),
        event.has("rssBytes") ? Fields.count(event, "rssBytes") : Memory.UNKNOWN);
  }

  /** The histogram of this name, or null. */
  static Histogram histogram(ObjectNode event, String name) throws IOException {
    return event.hasNonNull(name) ? Histograms.decode(event.get(name).asText()) : null;
  }
}
