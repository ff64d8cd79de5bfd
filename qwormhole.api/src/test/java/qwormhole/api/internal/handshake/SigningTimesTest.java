package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigningTimesTest {
  private static final long NOW = 1_700_000_000_000L;

  private final SigningTimes times = new SigningTimes();

  @Test
  void theTimesOfOneKeyGrowThoughTheClockStandsOrFallsBack() {
    assertThat(times.next("k", NOW)).isEqualTo(NOW);
    assertThat(times.next("k", NOW)).isEqualTo(NOW + 1);
    assertThat(times.next("k", NOW - 5)).isEqualTo(NOW + 2);
    assertThat(times.next("k", NOW + 50)).isEqualTo(NOW + 50);
  }

  @Test
  void anotherKeyHasTimesOfItsOwn() {
    assertThat(times.next("k", NOW)).isEqualTo(NOW);
    assertThat(times.next("other", NOW)).isEqualTo(NOW);
  }

  @Test
  void aClockThatWasSetBackFarIsFollowed() {
    times.next("k", NOW);

    assertThat(times.next("k", NOW - 3_600_000)).isEqualTo(NOW - 3_600_000);
  }

  @Test
  void theyNeverRunFarAhead() {
    long last = 0;
    for (int i = 0; i < 3 * SigningTimes.MAX_AHEAD_MILLIS; i++) {
      last = Math.max(last, times.next("k", NOW));
    }

    assertThat(last).isEqualTo(NOW + SigningTimes.MAX_AHEAD_MILLIS);
  }

  @Test
  void theKeysThatAreRememberedAreBounded() {
    times.next("first", NOW);
    for (int i = 0; i < SigningTimes.MAX_KEYS; i++) {
      times.next("k" + i, NOW);
    }

    assertThat(times.next("first", NOW)).as("forgotten").isEqualTo(NOW);
    assertThat(times.next("k" + (SigningTimes.MAX_KEYS - 1), NOW)).isEqualTo(NOW + 1);
  }
}
