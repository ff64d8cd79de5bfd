package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The horizontal axis of the percentile curves. */
class LatencyTest {

  @Test
  void aStepIsATenthOfTheRest() {
    List<Plot.Mark> marks = Latency.marks(4);
    assertThat(marks).extracting(Plot.Mark::label).containsExactly("0 %", "90 %", "99 %", "99.9 %");
    assertThat(marks).extracting(Plot.Mark::at).containsExactly(0.0, 0.25, 0.5, 0.75);
    assertThat(marks).noneMatch(Plot.Mark::spare);
  }

  @Test
  void aPhoneLeavesOutEverySecondOfManyLabels() {
    assertThat(Latency.marks(5))
        .filteredOn(Plot.Mark::spare)
        .extracting(Plot.Mark::label)
        .containsExactly("90 %", "99.9 %");
  }

  @Test
  void noPageHasRoomForAllOfVeryMany() {
    assertThat(Latency.marks(7))
        .extracting(Plot.Mark::label)
        .containsExactly("0 %", "", "99 %", "", "99.99 %", "", "99.9999 %");
  }
}
