package qwormhole.bench.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedResultTest {
  @TempDir private Path folder;

  @Test
  void aRowHasTheNumbersOfItsFile() throws IOException {
    SavedRow row =
        SampleFile.streams("java:java", 1_000, 3_000, 2_000).read(folder, "a").rows().get(0);
    assertThat(row.name()).isEqualTo("stream java:java, 64 B");
    assertThat(row.perRepeat("/perSecond")).containsExactly(1_000, 3_000, 2_000);
    assertThat(row.rate().median()).isEqualTo(2_000);
    assertThat(row.latencies()).hasSize(3);
    assertThat(row.number("/no/such/number")).isNaN();
    assertThat(row.isMeasured()).isTrue();
  }

  @Test
  void latenciesOfAllRepeatsAreAddedUp() throws IOException {
    SavedResult result = new SampleFile().read(folder, "a");
    SavedRow ping =
        result.measured().stream()
            .filter(row -> row.setup().workload().equals("pingpong"))
            .findFirst()
            .orElseThrow();
    assertThat(ping.latency().orElseThrow().getTotalCount())
        .isEqualTo(ping.json().at("/latencyNanos/count").asLong());
    assertThat(ping.latency().orElseThrow().getValueAtPercentile(50))
        .isEqualTo(ping.json().at("/latencyNanos/p50").asLong());
  }

  @Test
  void whatIsNotAResultIsRefusedWithTheFileAndTheReason() throws IOException {
    refused(folder.resolve("nowhere.json"), "does not exist");
    refused(folder, "is a directory");
    refused(text("empty.json", ""), "has no format");
    refused(text("half.json", "{\"format\":\n[1,"), "is not JSON at line 2");
    refused(text("two.json", "{}{}"), "is not JSON");
    refused(text("list.json", "[]"), "has no format");
    refused(text("old.json", "{\"format\":\"qwormhole-bench/0\"}"), "has format qwormhole-bench/0");
  }

  @Test
  void aResultThatBreaksTheSchemaIsRefusedWithThePlace() throws IOException {
    Path file =
        SampleFile.streams("java:java", 1, 2)
            .with(root -> ((ObjectNode) root.at("/rows/0")).put("size", "large"))
            .write(folder, "bad.json");
    refused(file, "is a damaged result: /rows/0");
  }

  @Test
  void aDamagedHistogramIsRefused() throws IOException {
    for (String histogram : new String[] {"", "%%%", "AAAA", "HISTFAAAAZh42j1S"}) {
      Path file =
          SampleFile.streams("java:java", 1)
              .with(
                  root ->
                      ((ObjectNode) root.at("/rows/0/samples/0"))
                          .put("latencyHistogram", histogram))
              .write(folder, "bad.json");
      refused(file, "a damaged histogram");
    }
  }

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> SavedResult.read(file))
        .isInstanceOf(BadResultException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }
}
