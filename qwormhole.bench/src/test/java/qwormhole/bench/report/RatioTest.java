package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.bench.load.Workload;

class RatioTest {

  @Test
  void theMedianOfPairsIsNotTheQuotientOfMedians() {
    // The machine was busy during the second pair: both halves of it are slow.
    Ratio ratio =
        Ratio.of(
            Workload.STREAM,
            "bare",
            List.of(Samples.stream(800), Samples.stream(90), Samples.stream(700)),
            List.of(Samples.stream(1_000), Samples.stream(100), Samples.stream(1_000)));
    assertThat(ratio.spread().median()).isCloseTo(0.8, within(1e-6));
    assertThat(ratio.spread().min()).isCloseTo(0.7, within(1e-6));
    assertThat(ratio.spread().max()).isCloseTo(0.9, within(1e-6));
    assertThat(ratio.pairs()).hasSize(3);
    assertThat(ratio.higherIsBetter()).isTrue();
  }

  @Test
  void pingPongIsComparedByItsMedianLatency() {
    Ratio ratio =
        Ratio.of(
            Workload.PINGPONG, "bare", List.of(Samples.ping(16_000)), List.of(Samples.ping(8_000)));
    assertThat(ratio.spread().median()).isCloseTo(2, within(0.01));
    assertThat(ratio.higherIsBetter()).isFalse();
    assertThat(ratio.of()).isEqualTo("latencyNanos.p50");
  }

  @Test
  void aRoundWithoutPartnerIsLeftOut() {
    Ratio ratio =
        Ratio.of(
            Workload.STREAM,
            "bare",
            List.of(Samples.stream(500)),
            List.of(Samples.stream(1_000), Samples.stream(1)));
    assertThat(ratio.pairs()).hasSize(1);
  }

  @Test
  void spreads() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }
}
