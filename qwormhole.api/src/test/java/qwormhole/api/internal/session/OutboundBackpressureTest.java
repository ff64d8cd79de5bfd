package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.Segment;

class OutboundBackpressureTest {
  private static final long LONG = Waiting.LONG.toNanos();
  private static final int LIMIT = 100_000;

  private final OutboundBed bed = new OutboundBed(LIMIT);

  /** Fills the queue behind a full socket to that many bytes. */
  private static void fill(OutboundBed bed, int bytes) {
    bed.fillSocket();
    int left = bytes - bed.outbound.pendingBytes();
    while (left > 0) {
      int size = left <= 20_000 ? left : Math.min(left - 100, 10_000);
      assertThat(bed.send("x", size - 4)).isEqualTo(SendResult.SENT);
      left -= size;
    }
    assertThat(bed.outbound.pendingBytes()).isEqualTo(bytes);
  }

  // refusing

  @Test
  void theLimitIsExactAndARefusalLeavesNothingBehind() {
    fill(bed, LIMIT - 10);
    long out = bed.pool.outBytes();
    assertThat(bed.send("1234567")).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(bed.outbound.pendingBytes()).isEqualTo(LIMIT - 10);
    assertThat(bed.pool.outBytes()).isEqualTo(out);
    assertThat(bed.send("123456")).isEqualTo(SendResult.SENT);
    bed.openSocket();
    assertThat(bed.link.wire.frames()).doesNotContain("1234567").endsWith("123456");
    assertThat(bed.outbound.refusals()).isEqualTo(1);
    bed.assertClean();
  }

  @Test
  void refusalsAreToldOnceAndThenOneDrainBelowHalf() {
    fill(bed, LIMIT);
    for (int i = 0; i < 3; i++) {
      assertThat(bed.send("late")).isEqualTo(SendResult.BACK_PRESSURED);
    }
    assertThat(bed.events.told).containsExactly("backpressure");

    bed.makeRoom(LIMIT / 2 - 1);
    assertThat(bed.events.told).as("one byte above half").hasSize(1);
    bed.makeRoom(1);
    assertThat(bed.events.told).containsExactly("backpressure", "drain");
    bed.openSocket();
    assertThat(bed.events.told).hasSize(2);

    fill(bed, LIMIT);
    bed.send("late");
    assertThat(bed.events.told).containsExactly("backpressure", "drain", "backpressure");
    assertThat(bed.outbound.refusals()).isEqualTo(4);
  }

  @Test
  void aSenderThatIsSlowToTellDoesNotTellAfterTheDrain() {
    fill(bed, LIMIT);
    // The sender loses its processor between its refusal and the event; the loop writes meanwhile.
    bed.events.beforeBackpressure = bed::openSocket;
    assertThat(bed.send("late")).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(bed.events.told).containsExactly("backpressure", "drain");
    bed.assertClean();
  }

  @Test
  void aMessageOverTheLimitGoesWhenNothingIsBeforeIt() {
    assertThat(bed.send("large", LIMIT + 1)).isEqualTo(SendResult.SENT);
    assertThat(bed.names()).containsExactly("large");
    bed.fillSocket();
    assertThat(bed.send("large", LIMIT + 1)).isEqualTo(SendResult.BACK_PRESSURED);
  }

  @Test
  void aFrameOverTheFrameLimitIsRefusedAndNotTold() {
    OutboundBed small = new OutboundBed(OutboundBed.limits(true, 10, LIMIT), null, 1 << 20);
    assertThat(small.send("12345678901")).isEqualTo(SendResult.TOO_LARGE);
    assertThat(small.send("1234567890")).isEqualTo(SendResult.SENT);
    assertThat(small.events.told).isEmpty();
    assertThat(small.outbound.refusals()).isZero();
    small.assertClean();
  }

  // without memory

  @Test
  void withoutMemoryItRefusesAndDrainsWhenTheQueueDoes() {
    OutboundBed tight = new OutboundBed(OutboundBed.limits(true, LIMIT, LIMIT), null, 8 << 10);
    tight.fillSocket();
    assertThat(tight.send("x", 8_000)).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(tight.events.told).containsExactly("backpressure");
    tight.openSocket();
    assertThat(tight.names()).containsExactly("blocker");
    assertThat(tight.events.told).containsExactly("backpressure", "drain");
    tight.assertClean();
  }

  @Test
  void withNothingOfItsOwnPendingADrainFollowsAllTheSame() {
    OutboundBed tight = new OutboundBed(OutboundBed.limits(true, LIMIT, LIMIT), null, 4 << 10);
    Segment others = tight.pool.acquire(1);
    assertThat(tight.send("a")).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(tight.send("a")).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(tight.events.told).containsExactly("backpressure");
    assertThat(tight.timers.waiting()).as("one look, however often it was refused").isEqualTo(1);

    tight.pool.release(others);
    tight.timers.advance(Duration.ofSeconds(1).toNanos());

    assertThat(tight.events.told).containsExactly("backpressure", "drain");
    assertThat(tight.send("a")).isEqualTo(SendResult.SENT);
    assertThat(tight.timers.waiting()).isZero();
    tight.assertClean();
  }

  @Test
  void aWaitingSenderGoesOnWhenOthersGiveMemoryBack() {
    OutboundBed tight = new OutboundBed(OutboundBed.limits(true, LIMIT, LIMIT), null, 4 << 10);
    Segment others = tight.pool.acquire(1);
    Waiting<SendResult> sender = Waiting.on(() -> tight.outbound.offer(Payloads.of("a"), 0, LONG));
    tight.timers.advance(Duration.ofSeconds(1).toNanos());
    tight.pool.release(others);
    while (!sender.isOver()) {
      tight.timers.advance(Duration.ofSeconds(1).toNanos());
    }
    assertThat(sender.outcome()).isEqualTo(SendResult.SENT);
    tight.assertClean();
  }

  // waiting for room

  @Test
  void aWaitingSenderGoesOnWhenThereIsRoom() {
    fill(bed, LIMIT);
    Waiting<SendResult> sender =
        Waiting.on(() -> bed.outbound.offer(Payloads.of("waited"), 0, LONG));
    assertThat(bed.events.told).as("it has not been refused").isEmpty();

    bed.openSocket();

    assertThat(sender.outcome()).isEqualTo(SendResult.SENT);
    bed.link.runTasks();
    assertThat(bed.names()).endsWith("waited");
    assertThat(bed.outbound.refusals()).isZero();
    bed.assertClean();
  }

  @Test
  void manyWaitingSendersAllGoOn() {
    fill(bed, LIMIT);
    List<Waiting<SendResult>> senders =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(i -> Waiting.on(() -> bed.outbound.offer(Payloads.of("w", 60_000), 0, LONG)))
            .toList();
    bed.openSocket();
    while (!senders.stream().allMatch(Waiting::isOver) || bed.outbound.pendingBytes() > 0) {
      bed.outbound.flusher.isStillStreaming(); // which is what the guard does
      bed.link.runTasks();
    }
    assertThat(senders).extracting(Waiting::outcome).containsOnly(SendResult.SENT);
    assertThat(bed.names()).filteredOn("w"::equals).hasSize(8);
    bed.assertClean();
  }

  @Test
  void inTimeOrRefusedAndTold() {
    fill(bed, LIMIT);
    assertThat(bed.outbound.offer(Payloads.of("late"), 0, Duration.ofMillis(5).toNanos()))
        .isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(bed.events.told).containsExactly("backpressure");
    bed.openSocket();
    assertThat(bed.events.told).containsExactly("backpressure", "drain");
    assertThat(bed.names()).doesNotContain("late");
    bed.assertClean();
  }

  @Test
  void withoutTimeItDoesNotWait() {
    fill(bed, LIMIT);
    assertThat(bed.outbound.offer(Payloads.of("late"), 0, 0L)).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(bed.outbound.offer(Payloads.of("late"), 0, -1L))
        .isEqualTo(SendResult.BACK_PRESSURED);
  }

  @Test
  void theLoopDoesNotWaitSinceItIsWhatMakesRoom() {
    fill(bed, LIMIT);
    bed.link.asLoop(
        () ->
            assertThat(bed.outbound.offer(Payloads.of("late"), 0, LONG))
                .isEqualTo(SendResult.BACK_PRESSURED));
    assertThat(bed.events.told).containsExactly("backpressure");
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    fill(bed, LIMIT);
    Waiting<List<Object>> sender =
        Waiting.on(
            () ->
                List.of(
                    bed.outbound.offer(Payloads.of("late"), 0, LONG),
                    Thread.currentThread().isInterrupted()));
    sender.interrupt();
    assertThat(sender.outcome()).containsExactly(SendResult.BACK_PRESSURED, true);
    bed.openSocket();
    assertThat(bed.names()).doesNotContain("late");
    bed.assertClean();
  }

  @Test
  void anInterruptedSenderStillSendsWhereThereIsRoom() {
    Thread.currentThread().interrupt();
    assertThat(bed.outbound.offer(Payloads.of("a"), 0, LONG)).isEqualTo(SendResult.SENT);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aWaitingSenderLearnsThatTheLinkHasEnded() {
    fill(bed, LIMIT);
    Waiting<SendResult> sender = Waiting.on(() -> bed.outbound.offer(Payloads.of("late"), 0, LONG));
    bed.outbound.close();
    assertThat(sender.outcome()).isEqualTo(SendResult.CLOSED);
    bed.assertClean();
  }

  @Test
  void aWaitingSenderLearnsAtOnceThatTheLinkIsBeingClosed() {
    fill(bed, LIMIT);
    Waiting<SendResult> sender = Waiting.on(() -> bed.outbound.offer(Payloads.of("late"), 0, LONG));
    bed.outbound.finish();
    assertThat(sender.outcome()).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void whoCanWaitIsHeldOverAShortQueueAndLetInWhenTimeIsUp() {
    OutboundBed roomy = new OutboundBed();
    fill(roomy, Outbound.WAIT_BYTES);
    assertThat(roomy.send("a")).as("who cannot wait is let in").isEqualTo(SendResult.SENT);
    assertThat(roomy.outbound.offer(Payloads.of("b"), 0, Duration.ofMillis(5).toNanos()))
        .isEqualTo(SendResult.SENT);
    assertThat(roomy.outbound.offer(Payloads.of("c"), 0, 0L)).isEqualTo(SendResult.SENT);
    Waiting<SendResult> sender = Waiting.on(() -> roomy.outbound.offer(Payloads.of("d"), 0, LONG));
    roomy.openSocket();
    assertThat(sender.outcome()).isEqualTo(SendResult.SENT);
    assertThat(roomy.events.told).isEmpty();
  }

  // room for what comes in

  @Test
  void roomIsToldOnceBelowAQuarter() {
    assertThat(bed.outbound.watchRoom()).as("there is room").isFalse();
    fill(bed, LIMIT);
    assertThat(bed.outbound.watchRoom()).isTrue();
    bed.makeRoom(LIMIT * 3 / 4 - 1);
    assertThat(bed.events.told).isEmpty();
    bed.makeRoom(1);
    assertThat(bed.events.told).containsExactly("room");
    bed.openSocket();
    assertThat(bed.events.told).hasSize(1);
    bed.outbound.close();
    assertThat(bed.outbound.watchRoom()).isFalse();
  }
}
