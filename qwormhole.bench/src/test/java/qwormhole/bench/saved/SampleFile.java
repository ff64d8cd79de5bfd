package qwormhole.bench.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** The sample result, changed as a test needs it and written to a file. */
public final class SampleFile {
  private final ObjectNode document;

  public SampleFile() throws IOException {
    try (InputStream in = SampleFile.class.getResourceAsStream("/sample-result.json")) {
      document = (ObjectNode) new ObjectMapper().readTree(in);
    }
  }

  /** Keeps one row of streams of 64 B, with these rates as its repeats. */
  public static SampleFile streams(String mode, double... perSecond) throws IOException {
    SampleFile file = new SampleFile();
    ObjectNode kept = file.row("stream", mode, 64);
    file.document.putArray("rows").add(kept);
    file.document.putArray("fallbacks");
    double[] sorted = perSecond.clone();
    Arrays.sort(sorted);
    kept.putObject("messagesPerSecond")
        .put("median", sorted[sorted.length / 2])
        .put("min", sorted[0])
        .put("max", sorted[sorted.length - 1]);
    ArrayNode samples = kept.putArray("samples");
    ObjectNode pattern = (ObjectNode) file.patternSample();
    for (double rate : perSecond) {
      samples.add(pattern.deepCopy().put("perSecond", rate));
    }
    kept.put("repeats", perSecond.length);
    return file;
  }

  private JsonNode patternSample() throws IOException {
    return new SampleFile().row("stream", "java:java", 64).get("samples").get(0);
  }

  /** The row of this name. */
  public ObjectNode row(String workload, String mode, int size) {
    for (JsonNode row : document.get("rows")) {
      if (row.get("workload").asText().equals(workload)
          && row.get("mode").asText().equals(mode)
          && row.get("size").asInt() == size) {
        return (ObjectNode) row;
      }
    }
    throw new IllegalArgumentException("the sample has no " + workload + " " + mode + " " + size);
  }

  public SampleFile with(Consumer<ObjectNode> change) {
    change.accept(document);
    return this;
  }

  public SampleFile dated(String date) {
    return with(root -> ((ObjectNode) root.get("conditions")).put("date", date));
  }

  /** Writes it and returns the file. */
  public Path write(Path folder, String name) throws IOException {
    return Files.writeString(folder.resolve(name), document.toString());
  }

  /** Writes it and reads it as reports do. */
  public SavedResult read(Path folder, String name) throws IOException {
    return SavedResult.read(write(folder, name));
  }
}
