package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgerTest {
  private final OutboundBed bed = new OutboundBed();
  private final Acknowledger acknowledger = new Acknowledger(bed.outbound, bed.timers);

  @Test
  void everySoManyMessages() {
    for (int i = 0; i < 2 * Acknowledger.MESSAGES + 5; i++) {
      acknowledger.handled(10);
      bed.timers.advance(Acknowledger.GAP_NANOS / Acknowledger.MESSAGES + 1);
    }

    assertThat(counts()).containsExactly(256L, 512L);
  }

  @Test
  void everySoManyBytes() {
    for (int i = 0; i < 4; i++) {
      acknowledger.handled(Acknowledger.BYTES / 2);
      bed.timers.advance(Acknowledger.GAP_NANOS / 2);
    }

    assertThat(counts()).containsExactly(2L, 4L);
  }

  @Test
  void inAFastStreamOnceInAGap() {
    for (int i = 0; i < 100; i++) {
      acknowledger.handled(Acknowledger.BYTES);
      bed.timers.advance(Acknowledger.GAP_NANOS / 25);
    }

    assertThat(counts()).containsExactly(1L, 26L, 51L, 76L);
  }

  @Test
  void whatWaitedForTheGapComesSoonWhenTheStreamEnds() {
    acknowledger.handled(Acknowledger.BYTES);
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(Acknowledger.GAP_NANOS - 1);
    assertThat(counts()).containsExactly(1L);
    bed.timers.advance(1);

    assertThat(counts()).containsExactly(1L, 2L);
  }

  @Test
  void aMessageBetweenTwoTicksIsNotForgotten() {
    for (long i = 1; i <= 20; i++) {
      acknowledger.handled(1);
      bed.timers.advance(i * Acknowledger.DELAY_NANOS / 7);
      bed.timers.advance(Acknowledger.DELAY_NANOS);
      assertThat(counts()).endsWith(i);
    }
  }

  @Test
  void afterAWhileInAnyCaseAndOnce() {
    acknowledger.handled(1);
    acknowledger.handled(1);
    bed.timers.advance(Acknowledger.DELAY_NANOS - 1);
    assertThat(counts()).isEmpty();
    bed.timers.advance(1);
    bed.timers.advance(10 * Acknowledger.DELAY_NANOS);
    assertThat(counts()).containsExactly(2L);

    acknowledger.handled(1);
    bed.timers.advance(Acknowledger.DELAY_NANOS);
    assertThat(counts()).containsExactly(2L, 3L);
  }

  @Test
  void aTimerThatFindsNothingNewSaysNothing() {
    acknowledger.handled(1);
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(3 * Acknowledger.DELAY_NANOS);

    assertThat(counts()).containsExactly(2L);
    assertThat(bed.timers.waiting()).isZero();
  }

  @Test
  void afterTheEndItDoesNoHarm() {
    acknowledger.handled(1);
    bed.outbound.close();
    bed.timers.advance(Acknowledger.DELAY_NANOS);

    bed.assertClean();
  }

  /** The counts of the ACK frames that went out. */
  private List<Long> counts() {
    bed.link.runTasks();
    ByteBuffer written = ByteBuffer.wrap(bed.link.wire.toByteArray());
    List<Long> counts = new ArrayList<>();
    while (written.hasRemaining()) {
      assertThat(written.getInt()).isEqualTo(0x8000_0009);
      assertThat(written.get()).isEqualTo((byte) 1);
      counts.add(written.getLong());
    }
    return counts;
  }
}
