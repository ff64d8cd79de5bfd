package qwormhole.bench.saved;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.report.Spread;

/**
 * A row of a result file. Numbers that are not known are NaN.
 *
 * @param json all of it, as the schema has it
 * @param setup under which it was measured
 * @param latencies a histogram of nanoseconds for each repeat; empty where latency is not measured
 */
public record SavedRow(JsonNode json, Setup setup, List<Histogram> latencies) {

  public SavedRow {
    latencies = List.copyOf(latencies);
  }

  static SavedRow of(JsonNode json) throws IOException {
    List<Histogram> latencies = new ArrayList<>();
    for (JsonNode sample : json.path("samples")) {
      if (sample.has("latencyHistogram")) {
        latencies.add(histogram(sample.get("latencyHistogram").asText()));
      }
    }
    Setup setup =
        new Setup(
            json.get("workload").asText(),
            json.get("size").asLong(),
            json.get("clients").asLong(),
            json.get("depth").asLong(),
            Features.of(json));
    return new SavedRow(json, setup, latencies);
  }

  /** The decoder throws all sorts of things at what is not one. */
  private static Histogram histogram(String text) throws IOException {
    try {
      return Histograms.decode(text);
    } catch (RuntimeException e) {
      throw new IOException("a damaged histogram", e);
    }
  }

  /** What tells it from the other rows of its result, such as {@code stream java:lws, 64 B}. */
  public String name() {
    StringBuilder name = new StringBuilder(setup.workload()).append(' ').append(mode());
    if (setup.size() > 0) {
      name.append(", ").append(setup.size()).append(" B");
    }
    if (!setup.detail().isEmpty()) {
      name.append(", ").append(setup.detail());
    }
    return name.append(sendDetail()).toString();
  }

  /** The form of send as the end of a name; the plain form goes without saying. */
  public String sendDetail() {
    return send().isEmpty() || send().equals("send") ? "" : ", " + send();
  }

  /** The pairing as users write it. */
  public String mode() {
    return json.get("mode").asText();
  }

  /** The server's contender. */
  public String server() {
    return json.get("server").asText();
  }

  /** The client's contender. */
  public String client() {
    return json.get("client").asText();
  }

  /** The form of send; empty where there is no choice. */
  public String send() {
    return json.path("send").asText();
  }

  /** Whether it is the yardstick. */
  public boolean isBare() {
    return server().equals("bare");
  }

  public boolean isSkipped() {
    return json.get("skipped").asBoolean();
  }

  public boolean isFailed() {
    return json.get("failed").asBoolean();
  }

  /** Whether it has numbers. */
  public boolean isMeasured() {
    return !isSkipped() && !isFailed();
  }

  /** Why it has none. */
  public String reason() {
    return json.path("reason").asText();
  }

  /** Whether connections are counted and not messages. */
  public boolean countsConnections() {
    return setup.workload().equals("connect");
  }

  /** Messages, or connections, in a second. */
  public Spread rate() {
    JsonNode spread = json.get(countsConnections() ? "connectionsPerSecond" : "messagesPerSecond");
    return new Spread(
        spread.get("median").asDouble(),
        spread.get("min").asDouble(),
        spread.get("max").asDouble());
  }

  /** One number of each repeat, by its path in a sample. */
  public double[] perRepeat(String pointer) {
    List<Double> values = new ArrayList<>();
    for (JsonNode sample : json.path("samples")) {
      JsonNode value = sample.at(pointer);
      if (value.isNumber()) {
        values.add(value.asDouble());
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A number by its path, NaN when it is not known. */
  public double number(String pointer) {
    JsonNode value = json.at(pointer);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  /** A number of all repeats together, 0 when it is not there. */
  public long count(String name) {
    return json.path(name).asLong();
  }

  /** The latencies of all repeats together, if any were measured. */
  public Optional<Histogram> latency() {
    Histogram sum = new Histogram(3);
    latencies.forEach(sum::add);
    return sum.getTotalCount() == 0 ? Optional.empty() : Optional.of(sum);
  }

  /** What a latency is of: roundTrip, oneWay or connect; empty when there is none. */
  public String latencyOf() {
    return json.at("/latencyNanos/of").asText();
  }

  /** The ratio against another pairing that ran in turn with this one. */
  public Optional<JsonNode> ratioAgainst(String mode) {
    for (JsonNode ratio : json.path("ratios")) {
      if (ratio.get("against").asText().equals(mode)) {
        return Optional.of(ratio);
      }
    }
    return Optional.empty();
  }
}
