package qwormhole.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.watch.ThreadSample.State.ASLEEP;
import static qwormhole.api.internal.watch.ThreadSample.State.RUNNABLE;
import static qwormhole.api.internal.watch.ThreadSample.State.STOPPED;
import static qwormhole.api.internal.watch.ThreadSample.State.UNKNOWN;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.watch.ThreadSample.State;

class EvidenceTest {
  private static final long PERIOD = LoopWatch.PERIOD_NANOS;
  private static final int TEN_MINUTES = (int) (Duration.ofMinutes(10).toNanos() / PERIOD);

  private final Evidence evidence = new Evidence();
  private long now = Long.MAX_VALUE - 3 * PERIOD; // overflows
  private long cpuNanos = 5;

  private boolean look(State state, double share, boolean starved) {
    now += PERIOD;
    cpuNanos += (long) (share * PERIOD);
    return evidence.add(now, new ThreadSample(state, cpuNanos), starved);
  }

  private int looksUntilStuck(State state, double share, boolean starved) {
    for (int i = 1; i <= TEN_MINUTES; i++) {
      if (look(state, share, starved)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void aThreadThatSleepsIsStuckAfterTwoIntervalsInARow() {
    assertThat(looksUntilStuck(ASLEEP, 0, false)).isEqualTo(3);
  }

  @Test
  void aThreadThatRunsAllTheTimeIsStuckAsWell() {
    assertThat(looksUntilStuck(RUNNABLE, 0.9, false)).isEqualTo(3);
  }

  @Test
  void aThreadThatIsRunnableAndDoesNotRunIsLate() {
    assertThat(looksUntilStuck(RUNNABLE, 0, false)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aThreadThatIsGivenTooLittleIsLate() {
    assertThat(looksUntilStuck(RUNNABLE, 0.05, false)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aThreadThatSleepsWhileAnotherIsKeptFromRunningMayWaitForThat() {
    for (int i = 0; i < 50; i++) {
      assertThat(look(ASLEEP, 0, true)).isFalse();
    }
    assertThat(look(ASLEEP, 0, false)).isFalse();
    assertThat(look(ASLEEP, 0, true)).as("two in a row are needed").isFalse();
    assertThat(look(ASLEEP, 0, false)).isFalse();
    assertThat(look(ASLEEP, 0, false)).isTrue();
  }

  @Test
  void aThreadThatSleepsForHalfAMinuteWithoutAStirIsStuckInAnyWeather() {
    int looks = looksUntilStuck(ASLEEP, 0, true);
    assertThat(looks).isEqualTo((int) (Evidence.STILL_NANOS / PERIOD) + 1);
  }

  @Test
  void oneThatStirsNowAndThenOnAStarvedMachineIsNot() {
    for (int i = 0; i < TEN_MINUTES; i++) {
      assertThat(look(ASLEEP, i % 40 == 0 ? 0.01 : 0, true)).isFalse();
    }
    for (int i = 0; i < TEN_MINUTES; i++) {
      assertThat(look(i % 40 == 0 ? RUNNABLE : ASLEEP, 0, true)).isFalse();
    }
  }

  @Test
  void aThreadThatWasStoppedFromOutsideIsNotStuck() {
    assertThat(looksUntilStuck(STOPPED, 0, false)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aThreadOfWhichNothingIsKnownIsGivenMoreTime() {
    assertThat(looksUntilStuck(UNKNOWN, 0, false)).isEqualTo(Evidence.INTERVALS_BLIND + 1);
  }

  @Test
  void aSignOfLifeClearsIt() {
    look(ASLEEP, 0, false);
    look(ASLEEP, 0, false);
    evidence.clear();
    assertThat(looksUntilStuck(ASLEEP, 0, false)).isEqualTo(3);
  }
}
