package qwormhole.api.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What the TypeScript peer derives from an index: row for row the same. */
class TrustPolicyTest {
  private static final JsonNode VECTORS = load();

  @Test
  void everyIndexHasThePolicyAndTheMetricsOfTheLegacyPeer() {
    assertThat(VECTORS.path("byNegIndex").size()).isGreaterThan(20);
    for (JsonNode row : VECTORS.path("byNegIndex")) {
      double index = row.path("negIndex").doubleValue();

      assertPolicy(TrustPolicy.of(index), row.path("policy"));
      EntropyMetrics metrics = EntropyMetrics.of(index);
      assertThat(metrics.entropy()).isEqualTo(row.at("/metrics/entropy").doubleValue());
      assertThat(metrics.coherence()).isEqualTo(row.path("coherence").textValue());
      assertThat(metrics.velocity().text())
          .isEqualTo(row.at("/metrics/entropyVelocity").textValue());
      assertThat(metrics.negIndex()).isEqualTo(row.at("/metrics/negIndex").doubleValue());
    }
  }

  @Test
  void velocityIsThatOfTheLegacyPeer() {
    assertThat(VECTORS.path("velocity").size()).isGreaterThan(15);
    for (JsonNode row : VECTORS.path("velocity")) {
      assertThat(
              EntropyVelocity.of(
                      row.path("previousN").doubleValue(),
                      row.path("currentN").doubleValue(),
                      row.path("deltaTimeMs").longValue())
                  .text())
          .as("%s", row)
          .isEqualTo(row.path("velocity").textValue());
    }
  }

  @Test
  void twoPeersMergeToTheLower() {
    assertThat(VECTORS.path("merge").size()).isGreaterThan(5);
    for (JsonNode row : VECTORS.path("merge")) {
      TrustPolicy merged = TrustPolicy.merge(index(row.path("local")), index(row.path("peer")));

      assertPolicy(merged, row.path("policy"));
    }
  }

  @Test
  void thresholdsBatchesAndTheDefaultAreThoseOfTheLegacyPeer() {
    for (TrustPolicy policy : TrustPolicy.values()) {
      assertThat(policy.batchFrames())
          .isEqualTo(VECTORS.at("/batchSizes/" + policy.mode()).intValue());
    }
    assertThat(TrustPolicy.of(VECTORS.at("/thresholds/IMMUNE").doubleValue()))
        .isEqualTo(TrustPolicy.IMMUNE);
    assertPolicy(TrustPolicy.of(TrustPolicy.DEFAULT_INDEX), VECTORS.path("defaultPolicy"));
    assertThat(TrustPolicy.of(Double.NaN)).isEqualTo(TrustPolicy.PARANOIA);
  }

  private static double index(JsonNode node) {
    return node.isNull() ? TrustPolicy.DEFAULT_INDEX : node.doubleValue();
  }

  private static void assertPolicy(TrustPolicy policy, JsonNode row) {
    assertThat(policy.mode()).isEqualTo(row.path("mode").textValue());
    assertThat(policy.framing()).isEqualTo(row.path("framing").textValue());
    assertThat(policy.batchFrames()).isEqualTo(row.path("batchSize").intValue());
    assertThat(policy.codec()).isEqualTo(row.path("codec").textValue());
    assertThat(policy.requiresAck()).isEqualTo(row.path("requireAck").booleanValue());
    assertThat(policy.requiresChecksum()).isEqualTo(row.path("requireChecksum").booleanValue());
    assertThat(policy.trust()).isEqualTo(row.path("trustLevel").doubleValue());
  }

  private static JsonNode load() {
    try (InputStream in =
        TrustPolicyTest.class.getResourceAsStream("/vectors/entropy-policy.json")) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
