package qwormhole.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import qwormhole.bench.report.Interval;

class WelchTest {

  @Test
  void agreesWithWelchByHand() {
    // Logarithms 0, 1, 2 and 3, 4, 5: difference 3, error sqrt(2/3), 4 degrees of freedom.
    double[] base = {1, Math.E, Math.exp(2)};
    double[] now = {Math.exp(3), Math.exp(4), Math.exp(5)};
    Interval interval = Welch.ratio(base, now);
    double reach = 2.7764 * Math.sqrt(2.0 / 3);
    assertThat(Math.log(interval.mean())).isCloseTo(3, within(1e-9));
    assertThat(Math.log(interval.low())).isCloseTo(3 - reach, within(1e-4));
    assertThat(Math.log(interval.high())).isCloseTo(3 + reach, within(1e-4));
  }

  @Test
  void swappingTheSidesTurnsItAround() {
    double[] one = {10, 11, 12, 13};
    double[] other = {20, 21, 25};
    Interval there = Welch.ratio(one, other);
    Interval back = Welch.ratio(other, one);
    assertThat(back.low()).isCloseTo(1 / there.high(), within(1e-12));
    assertThat(back.high()).isCloseTo(1 / there.low(), within(1e-12));
  }

  @Test
  void repeatsThatAreAllAlikeLeaveNoDoubt() {
    Interval interval = Welch.ratio(new double[] {4, 4}, new double[] {5, 5});
    assertThat(interval.low()).isCloseTo(1.25, within(1e-12));
    assertThat(interval.high()).isEqualTo(interval.low());
  }

  @Test
  void oneRepeatSaysNothingOfNoise() {
    assertThatThrownBy(() -> Welch.ratio(new double[] {1}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
