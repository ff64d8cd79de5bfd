package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Workload;

class JsonReportTest {

  @Test
  void aStreamHasRatesCostsAndRawData() throws IOException {
    Row bare = Samples.row(Workload.STREAM, "bare", null, Samples.stream(2_000));
    Ratio ratio = Ratio.of(Workload.STREAM, List.of(Samples.stream(1_500)), bare.rounds());
    Row java = Samples.row(Workload.STREAM, "java", ratio, Samples.stream(1_500));
    JsonNode json = written(Samples.result(bare, java));
    assertThat(json.get("format").asText()).isEqualTo("qwormhole-bench/1");
    assertThat(names(json.get("conditions")))
        .containsExactly(
            "date",
            "version",
            "jvm",
            "vendor",
            "jvmFlags",
            "cpu",
            "cores",
            "os",
            "loadAverage",
            "network");
    JsonNode row = json.get("rows").get(1);
    assertThat(row.get("mode").asText()).isEqualTo("java:java");
    assertThat(row.get("send").asText()).isEqualTo("send");
    assertThat(row.get("skipped").asBoolean()).isFalse();
    assertThat(row.get("received").asLong()).isEqualTo(1_000);
    assertThat(row.get("decoded").asLong()).isEqualTo(1_000);
    assertThat(row.at("/messagesPerSecond/median").asDouble()).isBetween(1_499.0, 1_501.0);
    assertThat(row.at("/bytesPerSecond/median").asDouble()).isBetween(95_900.0, 96_100.0);
    assertThat(row.at("/cpuNanosPerMessage/server").asDouble()).isEqualTo(200_000);
    assertThat(row.at("/allocatedBytesPerMessage/client").asDouble()).isEqualTo(0.02);
    assertThat(row.at("/bytesPerWrite").asDouble()).isEqualTo(6_800);
    assertThat(row.get("otherProcessesCpus").asDouble()).isEqualTo(0.5);
    assertThat(row.at("/ratio/against").asText()).isEqualTo("bare");
    assertThat(row.at("/ratio/median").asDouble()).isBetween(0.749, 0.751);
    assertThat(row.at("/ratio/pairs")).hasSize(1);
    assertThat(row.at("/samples/0/elapsedNanos").asLong()).isPositive();
    assertThat(row.has("roundTripNanos")).isFalse();
    assertThat(json.at("/rows/0/mode").asText()).isEqualTo("bare");
    assertThat(json.at("/rows/0").has("ratio")).isFalse();
  }

  @Test
  void aPingPongKeepsItsHistogram() throws IOException {
    Row ping =
        Samples.row(Workload.PINGPONG, "java", null, Samples.ping(16_000), Samples.ping(32_000));
    JsonNode row = written(Samples.result(ping)).get("rows").get(0);
    assertThat(names(row.get("roundTripNanos")))
        .containsExactly("p50", "p90", "p99", "p99.9", "max");
    assertThat(row.at("/roundTripNanos/p50").asLong()).isBetween(15_900L, 16_100L);
    assertThat(row.at("/roundTripNanos/p99").asLong()).isBetween(31_900L, 32_100L);
    String kept = row.at("/samples/1/roundTripHistogram").asText();
    assertThat(Histograms.decode(kept).getTotalCount()).isEqualTo(1_000);
  }

  @Test
  void aSkippedRowSaysWhyAndHasNoNumbers() throws IOException {
    Row skipped = Samples.skipped("lws", "java", "no library");
    JsonNode row = written(Samples.result(skipped)).get("rows").get(0);
    assertThat(row.get("skipped").asBoolean()).isTrue();
    assertThat(row.get("reason").asText()).isEqualTo("no library");
    assertThat(row.has("messagesPerSecond")).isFalse();
  }

  private static JsonNode written(Result result) throws IOException {
    return new ObjectMapper().readTree(JsonReport.of(result).toPrettyString());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
