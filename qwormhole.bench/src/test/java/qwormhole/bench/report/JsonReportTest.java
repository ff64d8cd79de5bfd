package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.FallbackReport;

class JsonReportTest {

  @Test
  void aStreamHasRatesCostsAndRawData() throws IOException {
    Row bare = Samples.row(Workload.STREAM, "bare", List.of(), Samples.stream(2_000));
    Ratio ratio = Ratio.of(Workload.STREAM, "bare", List.of(Samples.stream(1_500)), bare.rounds());
    Row java = Samples.row(Workload.STREAM, "java", List.of(ratio), Samples.stream(1_500));
    JsonNode json = written(Samples.result(bare, java));
    assertThat(json.get("format").asText()).isEqualTo("qwormhole-bench/1");
    assertThat(json.at("/conditions/seed").asLong()).isEqualTo(7);
    assertThat(json.at("/conditions/network").asText()).isEqualTo("loopback");
    JsonNode row = json.get("rows").get(1);
    assertThat(row.get("mode").asText()).isEqualTo("java:java");
    assertThat(row.get("send").asText()).isEqualTo("send");
    assertThat(row.get("skipped").asBoolean()).isFalse();
    for (String count : List.of("sent", "received", "decoded")) {
      assertThat(row.get(count).asLong()).as(count).isEqualTo(1_000);
    }
    assertThat(row.get("lost").asLong()).isZero();
    assertThat(row.at("/messagesPerSecond/median").asDouble()).isBetween(1_499.0, 1_501.0);
    assertThat(row.at("/bytesPerSecond/median").asDouble()).isBetween(95_900.0, 96_100.0);
    assertThat(row.at("/cpuNanos/client").asDouble()).isEqualTo(200_000_000);
    assertThat(row.at("/cpuNanosPerMessage/server").asDouble()).isEqualTo(200_000);
    assertThat(row.at("/allocatedBytesPerMessage/client").asDouble()).isEqualTo(0.02);
    assertThat(row.at("/gc/server/count").asLong()).isEqualTo(1);
    assertThat(row.at("/writes/client/bytesPerCall").asDouble()).isEqualTo(6_800);
    assertThat(row.at("/writes/client/messagesPerCall").asDouble()).isEqualTo(100);
    assertThat(row.at("/writes/server").isNull()).isTrue();
    assertThat(row.at("/backpressure/client/refused").asLong()).isEqualTo(3);
    assertThat(row.at("/backpressure/client/events").asLong()).isEqualTo(2);
    assertThat(row.at("/latencyNanos/of").asText()).isEqualTo("oneWay");
    assertThat(row.get("otherProcessesCpus").asDouble()).isEqualTo(0.5);
    assertThat(row.at("/ratios/0/against").asText()).isEqualTo("bare");
    assertThat(row.at("/ratios/0/median").asDouble()).isBetween(0.749, 0.751);
    assertThat(row.at("/ratios/0/pairs")).hasSize(1);
    assertThat(row.at("/ratios/0/interval").isNull()).as("one pair tells nothing").isTrue();
    assertThat(row.at("/samples/0/elapsedNanos").asLong()).isPositive();
    assertThat(row.has("turnaroundNanos")).isFalse();
    assertThat(json.at("/rows/0/mode").asText()).isEqualTo("bare");
    assertThat(json.at("/rows/0/ratios")).isEmpty();
  }

  @Test
  void aPingPongKeepsItsHistogram() throws IOException {
    Row ping =
        Samples.row(
            Workload.PINGPONG, "java", List.of(), Samples.ping(16_000), Samples.ping(32_000));
    JsonNode row = written(Samples.result(ping)).get("rows").get(0);
    assertThat(names(row.get("latencyNanos")))
        .containsExactly("of", "count", "p50", "p90", "p99", "p99.9", "max");
    assertThat(row.at("/latencyNanos/p50").asLong()).isBetween(15_900L, 16_100L);
    assertThat(row.at("/latencyNanos/p99").asLong()).isBetween(31_900L, 32_100L);
    assertThat(row.get("returned").asLong()).isEqualTo(2_000);
    String kept = row.at("/samples/1/latencyHistogram").asText();
    assertThat(Histograms.decode(kept).getTotalCount()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void everyWorkloadHasItsForm(Workload workload) throws IOException {
    Row row =
        Samples.row(workload, "java", List.of(), Samples.any(workload), Samples.any(workload));
    JsonNode json = written(Samples.result(row)).get("rows").get(0);
    String rate = workload == Workload.CONNECT ? "connectionsPerSecond" : "messagesPerSecond";
    assertThat(json.at("/" + rate + "/median").asDouble()).isEqualTo(1_000);
    assertThat(json.has("heapBytesPerConnection")).isEqualTo(workload == Workload.CONNECT);
  }

  @Test
  void aSkippedRowSaysWhyAndHasNoNumbers() throws IOException {
    Row skipped = Samples.unmeasured(Row.Outcome.SKIPPED, "lws", "no library", null);
    JsonNode row = written(Samples.result(skipped)).get("rows").get(0);
    assertThat(row.get("skipped").asBoolean()).isTrue();
    assertThat(row.get("reason").asText()).isEqualTo("no library");
    assertThat(row.has("messagesPerSecond")).isFalse();
  }

  @Test
  void aFailedRowSaysWhatWasLost() throws IOException {
    Row failed = Samples.unmeasured(Row.Outcome.FAILED, "lws", "lost", new Counts(5, 4, 320, 2, 1));
    JsonNode row = written(Samples.result(failed)).get("rows").get(0);
    assertThat(row.get("failed").asBoolean()).isTrue();
    assertThat(row.get("lost").asLong()).isEqualTo(2);
    assertThat(row.get("doubled").asLong()).isEqualTo(1);
  }

  @Test
  void aRemoteRunNamesBothMachines() throws IOException {
    Conditions conditions =
        new Conditions(
            Samples.result().conditions().date(), Samples.machine(), Samples.machine(), 1);
    JsonNode json = written(new Result(conditions, Samples.settings(), true, List.of()));
    assertThat(json.at("/conditions/network").asText()).isEqualTo("remote");
    assertThat(json.at("/conditions/server/cpu").asText()).isEqualTo("Some CPU");
    assertThat(json.get("interrupted").asBoolean()).isTrue();
  }

  @Test
  void aFallbackHasItsTimesItsAccountAndItsTimeline() throws IOException {
    Fallback back =
        new Fallback(Samples.fallbackSpec(), Samples.fallbackReport(), Row.Outcome.MEASURED, "");
    Fallback skipped =
        new Fallback(Samples.fallbackSpec(), null, Row.Outcome.SKIPPED, "no library");
    Result rows = Samples.result();
    JsonNode json =
        written(
            new Result(
                rows.conditions(), rows.settings(), false, List.of(), List.of(back, skipped)));
    JsonNode first = json.at("/fallbacks/0");
    assertThat(first.get("killed").asText()).isEqualTo("server");
    assertThat(first.get("modeAfter").asText()).isEqualTo("java:java");
    assertThat(first.get("detectNanos").asLong()).isEqualTo(1_000_000);
    assertThat(first.get("relistenNanos").asLong()).isEqualTo(5_000_000);
    assertThat(first.get("firstEchoNanos").asLong()).isEqualTo(30_000_000);
    assertThat(first.get("allEchoNanos").asLong()).isEqualTo(90_000_000);
    assertThat(first.get("lost").asLong()).isEqualTo(0);
    assertThat(first.get("unknown").asLong()).isEqualTo(16);
    assertThat(first.at("/timeline/0/millis").asLong()).isEqualTo(-40);
    assertThat(first.at("/timeline/1/millis").asLong()).isEqualTo(-20);
    assertThat(first.get("events").findValuesAsText("event"))
        .containsExactly("Listening", "killed", "ProviderFailed", "FailedOver", "Listening");
    assertThat(json.at("/fallbacks/1/reason").asText()).isEqualTo("no library");
  }

  /** What went wrong can be read off it, not only that something did. */
  @Test
  void aFallbackThatLostAMessageKeepsItsAccount() throws IOException {
    FallbackReport report = Samples.fallbackReport(983, List.of());
    Fallback failed =
        new Fallback(Samples.fallbackSpec(), report, Row.Outcome.FAILED, "lost 1, doubled 0");
    Result rows = Samples.result();
    JsonNode json =
        written(new Result(rows.conditions(), rows.settings(), false, List.of(), List.of(failed)))
            .at("/fallbacks/0");
    assertThat(json.get("failed").asBoolean()).isTrue();
    assertThat(json.get("lost").asLong()).isEqualTo(1);
    assertThat(json.get("detectNanos").isNull()).as("no side told of the death").isTrue();
    assertThat(json.get("events").findValuesAsText("event")).containsExactly("killed");
  }

  /** As it is read back, and as the schema has it. */
  private static JsonNode written(Result result) throws IOException {
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result).toPrettyString());
    assertThat(ResultSchema.problems(json)).isEmpty();
    return json;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
