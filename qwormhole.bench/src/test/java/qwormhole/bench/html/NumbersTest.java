package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void aCountHasNothingBehindThePointUntilItIsRounded() {
    assertThat(Numbers.rate(0L)).isEqualTo("0");
    assertThat(Numbers.rate(7L)).isEqualTo("7");
    assertThat(Numbers.rate(999L)).isEqualTo("999");
    assertThat(Numbers.rate(1_234L)).isEqualTo("1.23 k");
  }

  @Test
  void aSizeIsExactAndKeepsItsUnit() {
    assertThat(Numbers.size(64)).isEqualTo("64\u00A0B");
    assertThat(Numbers.size(65_536)).isEqualTo("64\u00A0KiB");
    assertThat(Numbers.size(1_500)).isEqualTo("1500\u00A0B");
    assertThat(Numbers.size(1 << 20)).isEqualTo("1\u00A0MiB");
  }

  @Test
  void aRateHasThreeDigitsAndNoneIsNone() {
    assertThat(Numbers.rate(7.126)).isEqualTo("7.13");
    assertThat(Numbers.rate(18_043_210.5)).isEqualTo("18.0 M");
    assertThat(Numbers.rate(0.0)).isEqualTo("0");
    assertThat(Numbers.rate(Double.NaN)).isEqualTo("-");
  }
}
