package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final RepeatFilter filter = new RepeatFilter(clock::get);

  @Test
  void theFirstLinePassesAndTheRestIsCounted() {
    assertThat(filter.admit("a")).isZero();
    for (int i = 0; i < 1000; i++) {
      assertThat(filter.admit("a")).isEqualTo(RepeatFilter.HELD_BACK);
    }
    clock.addAndGet(RepeatFilter.INTERVAL_NANOS);
    assertThat(filter.admit("a")).isEqualTo(1000);
    assertThat(filter.admit("a")).isEqualTo(RepeatFilter.HELD_BACK);
  }

  @Test
  void theIntervalIsTenSecondsToTheNanosecond() {
    filter.admit("a");
    clock.addAndGet(RepeatFilter.INTERVAL_NANOS - 1);
    assertThat(filter.admit("a")).isEqualTo(RepeatFilter.HELD_BACK);
    clock.incrementAndGet();
    assertThat(filter.admit("a")).isEqualTo(1);
  }

  @Test
  void keysDoNotHoldEachOtherBack() {
    filter.admit("a");
    assertThat(filter.admit("b")).isZero();
  }

  @Test
  void aFloodOfKeysIsNotAFloodOfLines() {
    int lines = 0;
    for (int i = 0; i < 1_000_000; i++) {
      lines += filter.admit("key" + i) == RepeatFilter.HELD_BACK ? 0 : 1;
    }
    assertThat(lines).isEqualTo(RepeatFilter.MAX_KEYS + 1);
  }

  @Test
  void roomComesBackWhenKeysHaveBeenQuiet() {
    for (int i = 0; i < 2 * RepeatFilter.MAX_KEYS; i++) {
      filter.admit("key" + i);
    }
    clock.addAndGet(RepeatFilter.INTERVAL_NANOS);
    assertThat(filter.admit("new")).isZero();
    assertThat(filter.admit("newer")).isZero();
  }
}
