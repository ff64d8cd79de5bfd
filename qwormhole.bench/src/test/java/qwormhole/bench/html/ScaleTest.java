package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({"24.8e6,30e6", "1,1", "0.07,0.08", "100,100", "101,150", "0,1"})
  void aLinearAxisEndsAtARoundNumberAtOrAboveTheLargest(double largest, double end) {
    assertThat(Scale.fromZero(largest).max()).isCloseTo(end, within(end * 1e-9));
  }

  @ParameterizedTest
  @CsvSource({"13,80,10,100", "100,1000,100,1000", "3.1e3,7.2e6,2e3,1e7", "5,5,5,50", "0,0,1,10"})
  void aLogarithmicAxisIsRoundedOutwards(double low, double high, double min, double max) {
    Scale scale = Scale.logarithmic(low, high);
    assertThat(scale.min()).isCloseTo(min, within(min * 1e-9));
    assertThat(scale.max()).isCloseTo(max, within(max * 1e-9));
  }

  @Test
  void equalDifferencesOrEqualFactorsAreEquallyFar() {
    assertThat(new Scale(0, 200, false).at(50)).isEqualTo(0.25);
    assertThat(new Scale(1, 10_000, true).at(10)).isCloseTo(0.25, within(1e-12));
    assertThat(new Scale(1, 10_000, true).at(1_000)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void whatIsBeyondAnEndLiesAtIt() {
    assertThat(new Scale(0, 10, false).at(11)).isEqualTo(1);
    assertThat(new Scale(1, 10, true).at(0)).isZero();
  }

  @Test
  void ticksGoFromEndToEnd() {
    assertThat(Scale.fromZero(24.8).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0);
    assertThat(new Scale(10, 100, true).ticks()).containsExactly(10.0, 20.0, 50.0, 100.0);
    assertThat(new Scale(1, 1e6, true).ticks()).hasSize(7);
    assertThat(new Scale(50, 2e5, true).ticks())
        .containsExactly(50.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 2e5);
  }
}
