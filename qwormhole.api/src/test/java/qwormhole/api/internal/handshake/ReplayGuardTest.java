package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;

class ReplayGuardTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long WINDOW = 300_000;

  private final ReplayGuard guard = new ReplayGuard(WINDOW, 4);

  @Test
  void theSameHandshakeComesInOnce() {
    assertThat(admits("k", "n", NOW, NOW)).isTrue();
    assertThat(admits("k", "n", NOW, NOW + 1)).isFalse();
  }

  @Test
  void repeatsAreAdmittedWhereTheyAreAllowedButNotOldOnes() throws Exception {
    guard.admit("k", "n", NOW, NOW, true);
    guard.admit("k", "n", NOW, NOW, true);
    assertThatExceptionOfType(HandshakeRejection.class)
        .isThrownBy(() -> guard.admit("k", "n", NOW, NOW + WINDOW + 1, true));
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
    for (int i = 0; i < 5; i++) {
      assertThat(admits("k", "n", NOW + i, NOW)).isTrue();
    }
    assertThat(admits("k", "n", NOW, NOW)).as("forgotten").isFalse();
    assertThat(admits("other", "n", NOW, NOW)).as("as old").isFalse();
    assertThat(admits("other", "n", NOW + 9, NOW)).as("newer").isTrue();
  }

  @Test
  void whatIsTooOldMakesRoom() {
    for (int i = 0; i < 4; i++) {
      assertThat(admits("k", "n", NOW + i, NOW)).isTrue();
    }
    long later = NOW + WINDOW + 10;
    for (int i = 0; i < 4; i++) {
      assertThat(admits("k", "n", later - WINDOW + i, later)).isTrue();
    }
  }

  private boolean admits(String key, String nonce, long ts, long now) {
    try {
      guard.admit(key, nonce, ts, now, false);
      return true;
    } catch (HandshakeRejection e) {
      assertThat(e.code()).isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
      return false;
    }
  }
}
