package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;

class ReplayGuardTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long WINDOW = 300_000;
  private static final int CAPACITY = 64; // 4 of one key, 8 ahead of the clock

  private final ReplayGuard guard = new ReplayGuard(WINDOW, CAPACITY);

  @Test
  void theSameHandshakeComesInOnce() {
    assertThat(admits("k", "n", NOW, NOW)).isTrue();
    assertThat(admits("k", "n", NOW, NOW + 1)).isFalse();
  }

  @Test
  void keyNonceAndTimeAllCount() {
    assertThat(admits("k", "n", NOW, NOW)).isTrue();
    assertThat(admits("K", "n", NOW, NOW)).isTrue();
    assertThat(admits("k", "N", NOW, NOW)).isTrue();
    assertThat(admits("k", "n", NOW + 1, NOW)).isTrue();
  }

  @Test
  void theClockMayBeOffByTheWindowEitherWayAndNoMore() {
    assertThat(admits("a", "n", NOW - WINDOW, NOW)).isTrue();
    assertThat(admits("b", "n", NOW + WINDOW, NOW)).isTrue();
    assertThat(admits("c", "n", NOW - WINDOW - 1, NOW)).isFalse();
    assertThat(admits("d", "n", NOW + WINDOW + 1, NOW)).isFalse();
    assertThat(admits("e", "n", 0, NOW)).isFalse();
    assertThat(admits("f", "n", Long.MAX_VALUE, NOW)).isFalse();
  }

  @Test
  void anHourLaterItIsTooOldWhateverWasForgotten() {
    assertThat(admits("k", "n", NOW, NOW)).isTrue();
    assertThat(admits("k", "n", NOW, NOW + 3_600_000)).isFalse();
  }

  @Test
  void whatIsForgottenForWantOfRoomCannotComeAgain() {
    for (int i = 0; i <= CAPACITY; i++) {
      assertThat(admits("key " + i, "n", NOW + i, NOW + i)).isTrue();
    }
    long later = NOW + CAPACITY;
    assertThat(admits("key 0", "n", NOW, later)).as("forgotten").isFalse();
    assertThat(admits("other", "n", NOW, later)).as("as old").isFalse();
    assertThat(admits("other", "n", NOW + 1, later)).as("newer").isTrue();
  }

  @Test
  void whatIsForgottenOfOneKeyCannotComeAgainAndIsNoOtherKeysLoss() {
    for (int i = 0; i < 1000; i++) {
      assertThat(admits("greedy", "n" + i, NOW + i, NOW + i)).isTrue();
    }
    assertThat(admits("greedy", "n0", NOW, NOW + 1000)).as("forgotten").isFalse();
    assertThat(admits("greedy", "n995", NOW + 995, NOW + 1000)).as("as old").isFalse();
    assertThat(admits("other", "n", NOW, NOW + 1000)).as("of another key").isTrue();
  }

  @Test
  void strangersFromTheFutureTakeNobodysPlace() {
    assertThat(admits("honest before", "n", NOW, NOW)).isTrue();
    int taken = 0;
    for (int i = 0; i < 66_000; i++) {
      taken += admits("stranger " + i, "n", NOW + WINDOW - 1000 + i % 1000, NOW) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(CAPACITY / 8);
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(admits("honest " + i, "n", NOW + i, NOW + i)).as("honest %d", i).isTrue();
    }
    assertThat(admits("honest before", "n", NOW, NOW)).as("remembered or barred").isFalse();
  }

  @Test
  void aFloodOfTheFuturesOneKeyLeavesRoomForClocksThatAreAhead() {
    for (int i = 0; i < 66_000; i++) {
      admits("stranger", "n" + i, NOW + WINDOW / 2 + i, NOW);
    }
    assertThat(admits("ahead", "n", NOW + 60_000, NOW)).isTrue();
  }

  @Test
  void whatWasAheadOfTheClockIsRememberedWhenItsTimeHasCome() {
    assertThat(admits("k", "n", NOW + WINDOW, NOW)).isTrue();
    assertThat(admits("k", "n", NOW + WINDOW, NOW + WINDOW)).isFalse();
    assertThat(admits("k", "n", NOW + WINDOW, NOW + 2 * WINDOW)).isFalse();
  }

  @Test
  void whatIsOnlyCheckedLeavesNoTrace() throws HandshakeRejection {
    guard.check("k", "n", NOW, NOW);
    guard.check("k", "n", NOW, NOW);
    assertThat(admits("k", "n", NOW, NOW)).isTrue();
    assertThatThrownBy(() -> guard.check("k", "n", NOW, NOW))
        .isInstanceOf(HandshakeRejection.class);
  }

  @Test
  void whatIsTooOldMakesRoom() {
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(admits("k" + i, "n", NOW + i, NOW + i)).isTrue();
    }
    long later = NOW + WINDOW + 1000;
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(admits("k" + i, "n", later - WINDOW + i, later)).isTrue();
    }
  }

  private boolean admits(String key, String nonce, long ts, long now) {
    try {
      guard.admit(key, nonce, ts, now);
      return true;
    } catch (HandshakeRejection e) {
      assertThat(e.code()).isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
      return false;
    }
  }
}
