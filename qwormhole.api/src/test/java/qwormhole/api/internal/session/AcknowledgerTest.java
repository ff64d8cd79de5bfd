package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.frame.Segment;

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
  void whatIsHandledLastIsToldAlsoWhenMoreWasToldWhileItWaitedForTheGap() {
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(Acknowledger.GAP_NANOS / 2);
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(7 * Acknowledger.GAP_NANOS / 10);
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(Acknowledger.GAP_NANOS / 10);
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(Acknowledger.DELAY_NANOS);

    assertThat(counts()).endsWith(4L);
  }

  @Test
  void inSilenceWhatIsHandledLastIsToldWithinTheDelayWhateverCameBefore() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long handled = 0;
    for (int round = 0; round < 500; round++) {
      for (int i = random.nextInt(10); i >= 0; i--) {
        acknowledger.handled(random.nextInt(2 * Acknowledger.BYTES));
        handled++;
        bed.timers.advance(random.nextInt(3 * (int) Acknowledger.GAP_NANOS / 2));
      }
      bed.timers.advance(Acknowledger.DELAY_NANOS);
      assertThat(counts()).as("seed %d, round %d", seed, round).endsWith(handled);
    }
    bed.timers.advance(2 * Acknowledger.DELAY_NANOS);
    assertThat(bed.timers.waiting()).isZero();
  }

  @Test
  void noTwoAreToldWithinTheGap() {
    long[] last = {bed.timers.nanoTime() - Acknowledger.GAP_NANOS, 0};
    for (int i = 0; i < 2_000; i++) {
      acknowledger.handled(i % 100 == 0 ? 1 : Acknowledger.BYTES / 2);
      bed.timers.advance(Acknowledger.GAP_NANOS / 7);
      int told = counts().size();
      assertThat(told - last[1]).isLessThanOrEqualTo(1);
      if (told > last[1]) {
        assertThat(bed.timers.nanoTime() - last[0])
            .isGreaterThan(Acknowledger.GAP_NANOS - Acknowledger.GAP_NANOS / 7);
        last[0] = bed.timers.nanoTime();
        last[1] = told;
      }
    }
  }

  @Test
  void whatFoundNoMemoryIsToldWhenThereIsSome() {
    List<Segment> all = new ArrayList<>();
    for (Segment s = bed.pool.acquire(1); s != null; s = bed.pool.acquire(1)) {
      all.add(s);
    }
    acknowledger.handled(Acknowledger.BYTES);
    bed.timers.advance(5 * Acknowledger.DELAY_NANOS);
    assertThat(counts()).isEmpty();
    all.forEach(bed.pool::release);
    bed.timers.advance(Acknowledger.DELAY_NANOS);

    assertThat(counts()).containsExactly(1L);
  }

  @Test
  void withoutALinkItWaitsForTheNextOneAndNoTimerGoesOn() {
    bed.outbound.detach();
    acknowledger.handled(Acknowledger.BYTES);
    acknowledger.handled(1);
    bed.timers.advance(3 * Acknowledger.DELAY_NANOS);

    assertThat(bed.timers.waiting()).isZero();
    assertThat(counts()).isEmpty();
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
