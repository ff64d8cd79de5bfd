package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSchemaTest {

  @Test
  void theSampleIsAResult() throws IOException {
    JsonNode sample = sample();
    assertThat(ResultSchema.problems(sample)).isEmpty();
    assertThat(sample.get("rows").size()).isGreaterThan(50);
    assertThat(sample.get("rows").findValuesAsText("workload"))
        .contains("stream", "pingpong", "pipeline", "broadcast", "connect", "bulk");
    assertThat(sample.get("fallbacks")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', format",
    "'', interrupted",
    "/conditions, seed",
    "/rows/0, skipped",
    "/rows/0, messagesPerSecond",
    "/rows/0, samples",
    "/rows/0/samples/0, elapsedNanos",
    "/rows/1/ratios/0, interval",
    "/rows/3, reason",
    "/fallbacks/0, lost",
    "/fallbacks/0/timeline/0, echoes",
  })
  void aMemberThatIsMissingIsNoticed(String object, String member) throws IOException {
    JsonNode sample = sample();
    assertThat(((ObjectNode) sample.at(object)).remove(member)).as("it was there").isNotNull();
    assertThat(ResultSchema.problems(sample)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "/conditions", "/settings", "/rows/0", "/rows/0/samples/0", "/fallbacks/0"})
  void aMemberThatIsNotPublishedIsNoticed(String object) throws IOException {
    JsonNode sample = sample();
    ((ObjectNode) sample.at(object)).put("novelty", 1);
    assertThat(ResultSchema.problems(sample)).isNotEmpty();
  }

  @Test
  void aMeasuredRowThatLostAMessageIsNoResult() throws IOException {
    JsonNode sample = sample();
    ((ObjectNode) sample.at("/rows/0")).put("lost", 1);
    assertThat(ResultSchema.problems(sample)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lost", "doubled"})
  void aFallbackThatLostOrDoubledAMessageHasFailed(String count) throws IOException {
    JsonNode sample = sample();
    ObjectNode fallback = (ObjectNode) sample.at("/fallbacks/0");
    fallback.put(count, 1);
    assertThat(ResultSchema.problems(sample)).isNotEmpty();
    fallback.put("failed", true).put("reason", count + " 1");
    assertThat(ResultSchema.problems(sample)).isEmpty();
  }

  private static JsonNode sample() throws IOException {
    try (InputStream in = ResultSchemaTest.class.getResourceAsStream("/sample-result.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
