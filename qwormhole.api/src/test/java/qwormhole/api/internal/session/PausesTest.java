package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {
  private final Pauses pauses = new Pauses();

  @Test
  void theFirstReasonPausesAndTheLastOneResumes() {
    assertThat(pauses.any()).isFalse();
    assertThat(pauses.add(Pauses.RATE)).isTrue();
    assertThat(pauses.add(Pauses.APPLICATION)).isFalse();
    assertThat(pauses.add(Pauses.RATE)).isFalse();
    assertThat(pauses.any()).isTrue();
    assertThat(pauses.has(Pauses.RATE)).isTrue();
    assertThat(pauses.has(Pauses.HANDLERS)).isFalse();
    assertThat(pauses.remove(Pauses.RATE)).isFalse();
    assertThat(pauses.has(Pauses.RATE)).isFalse();
    assertThat(pauses.remove(Pauses.APPLICATION)).isTrue();
    assertThat(pauses.any()).isFalse();
  }

  @Test
  void takingAwayWhatIsNotThereResumesNothing() {
    assertThat(pauses.remove(Pauses.OUTBOUND)).isFalse();
    pauses.add(Pauses.HANDSHAKE);
    assertThat(pauses.remove(Pauses.OUTBOUND)).isFalse();
  }

  @Test
  void reasonsAreToldApart() {
    int[] all = {
      Pauses.APPLICATION, Pauses.HANDSHAKE, Pauses.RATE, Pauses.HANDLERS, Pauses.OUTBOUND
    };
    for (int reason : all) {
      pauses.add(reason);
    }
    for (int i = 0; i < all.length; i++) {
      assertThat(pauses.remove(all[i])).isEqualTo(i == all.length - 1);
    }
  }
}
