package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void isStudentsOfAKnownExample() {
    // Mean 3, standard error sqrt(2.5 / 5), t of 4 degrees of freedom 2.7764.
    Interval interval = Interval.of(1, 2, 3, 4, 5);
    assertThat(interval.mean()).isCloseTo(3, within(1e-9));
    assertThat(interval.low()).isCloseTo(3 - 1.9632, within(1e-3));
    assertThat(interval.high()).isCloseTo(3 + 1.9632, within(1e-3));
  }

  @Test
  void ofRatiosIsThatOfTheirLogarithms() {
    Interval interval = Interval.ofRatios(List.of(0.5, 2.0));
    assertThat(interval.mean()).isCloseTo(1, within(1e-9));
    assertThat(interval.low() * interval.high()).isCloseTo(1, within(1e-6));
    assertThat(interval.low()).isLessThan(0.5);
  }

  @Test
  void oneMeasurementTellsNothing() {
    assertThat(Interval.of(1)).isNull();
    assertThat(Interval.ofRatios(List.of(1.0))).isNull();
  }

  @Test
  void theQuantileGoesOnBeyondItsTable() {
    assertThat(Interval.quantile(1)).isEqualTo(12.7062);
    assertThat(Interval.quantile(31)).isCloseTo(2.0395, within(2e-4));
    assertThat(Interval.quantile(1_000)).isCloseTo(1.9623, within(1e-3));
    for (int n = 1; n < 100; n++) {
      assertThat(Interval.quantile(n + 1)).isLessThan(Interval.quantile(n));
    }
  }

  @Test
  void holdsTheTruthNineteenTimesInTwenty() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    for (int i = 0; i < 2_000; i++) {
      Interval interval =
          Interval.of(gauss(random), gauss(random), gauss(random), gauss(random), gauss(random));
      held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertThat(held / 2_000.0).isBetween(0.93, 0.97);
  }

  private static double gauss(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
