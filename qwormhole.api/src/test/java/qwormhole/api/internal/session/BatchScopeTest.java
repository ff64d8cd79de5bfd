package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.Batch;
import qwormhole.api.Framing;
import qwormhole.api.SendResult;

class BatchScopeTest {
  private static final Duration LONG = Waiting.LONG;

  private final ManualTimers timers = new ManualTimers();
  private final FakeLink link = new FakeLink();
  private final SessionBed bed =
      new SessionBed(
          SessionBed.options().maxFrameBytes(200_000).maxOutboundBytes(400_000).build(), timers);
  private final Outbound outbound = bed.open(link, false);
  private final Batch<ByteBuffer> batch = bed.peer.batch();

  private SendResult add(String name, int length) {
    return batch.trySend(Payloads.of(name, length));
  }

  private List<String> names() {
    return link.wire.frames().stream().map(Payloads::name).toList();
  }

  /** The socket takes everything; the guard and the loop do their part. */
  private void openSocket() {
    link.room = Integer.MAX_VALUE;
    link.asLoop(outbound::onWritable);
    boolean streams = true;
    while (streams) {
      streams = outbound.flusher.isStillStreaming();
    }
    link.runTasks();
  }

  private void assertClean() {
    assertThat(outbound.pendingBytes()).isZero();
    bed.assertClean();
  }

  @Test
  void messagesGatherUntilTheFlush() {
    timers.advance(1_000_000);
    for (String name : List.of("a", "b", "c")) {
      assertThat(add(name, 100)).isEqualTo(SendResult.SENT);
    }
    assertThat(link.writes).isEmpty();
    batch.flush();
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(link.writes).containsExactly(312);
    assertThat(outbound.messages()).isEqualTo(3);
    batch.flush();
    assertThat(link.writes).as("nothing to flush").hasSize(1);
    assertClean();
  }

  @Test
  void closeFlushesAndEndsTheScope() {
    add("a", 10);
    batch.close();
    assertThat(names()).containsExactly("a");
    assertThat(add("b", 10)).isEqualTo(SendResult.CLOSED);
    assertThat(batch.send(Payloads.of("b"), LONG)).isEqualTo(SendResult.CLOSED);
    batch.close();
    assertThat(link.writes).hasSize(1);
    assertClean();
  }

  @Test
  void aFullSegmentGoesOutByItselfAndNothingIsOutOfOrder() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      assertThat(add("m" + i, 1_000)).isEqualTo(SendResult.SENT);
      expected.add("m" + i);
    }
    assertThat(link.writes.size()).isGreaterThanOrEqualTo(3);
    batch.close();
    assertThat(names()).isEqualTo(expected);
    assertClean();
  }

  @Test
  void whatDoesNotFitIntoASegmentGoesBehindWhatHasGathered() {
    add("a", 40_000);
    add("large", 150_000);
    add("b", 10);
    add("half", 33_000);
    add("c", 40_000);
    batch.close();
    openSocket();
    assertThat(names()).containsExactly("a", "large", "b", "half", "c");
    assertClean();
  }

  @Test
  void aLargePayloadInDirectMemoryKeepsItsPlaceToo() {
    add("a", 10);
    ByteBuffer large = Payloads.direct("large", 180_000);
    assertThat(batch.trySend(large)).isEqualTo(SendResult.SENT);
    add("b", 10);
    batch.close();
    openSocket();
    assertThat(names()).containsExactly("a", "large", "b");
    assertThat(large.position()).isEqualTo(7);
    assertClean();
  }

  @Test
  void payloadsAreReadFromPositionToLimitAndLeftAsTheyWere() {
    ByteBuffer payload = Payloads.direct("direct", 50);
    batch.trySend(payload);
    assertThat(payload.position()).isEqualTo(7);
    batch.close();
    assertThat(link.wire.frames()).containsExactly(Payloads.named("direct", 50));
  }

  @Test
  void whatOthersSendMeanwhileDoesNotWaitForTheBatch() {
    add("a", 10);
    timers.advance(1_000_000);
    bed.peer.trySend(Payloads.of("other"));
    assertThat(names()).containsExactly("other");
    batch.close();
    assertThat(names()).containsExactly("other", "a");
    assertClean();
  }

  @Test
  void tooLargeIsRefusedAndTheBatchGoesOn() {
    add("a", 10);
    assertThat(batch.trySend(ByteBuffer.allocate(200_001))).isEqualTo(SendResult.TOO_LARGE);
    add("b", 10);
    batch.close();
    assertThat(names()).containsExactly("a", "b");
    assertClean();
  }

  // room

  @Test
  void overTheLimitItRefusesAndNothingAcceptedIsLost() {
    link.room = 0;
    List<String> accepted = new ArrayList<>();
    SendResult result = SendResult.SENT;
    for (int i = 0; result == SendResult.SENT; i++) {
      result = add("m" + i, 10_000);
      if (result == SendResult.SENT) {
        accepted.add("m" + i);
      }
    }
    assertThat(result).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(accepted.size()).isBetween(30, 40);
    assertThat(add("again", 10_000)).isEqualTo(SendResult.BACK_PRESSURED);
    link.runTasks();
    assertThat(bed.told).containsExactly("link open", "backpressure");

    openSocket();
    assertThat(bed.told).containsExactly("link open", "backpressure", "drain");
    assertThat(add("after", 10)).isEqualTo(SendResult.SENT);
    batch.close();
    openSocket();
    accepted.add("after");
    assertThat(names()).isEqualTo(accepted);
    assertClean();
  }

  /** Fills the queue behind a full socket as far as a batch may. */
  private int fill() {
    link.room = 0;
    int count = 0;
    while (add("fill", 10_000) == SendResult.SENT) {
      count++;
    }
    link.runTasks();
    bed.told.clear();
    return count;
  }

  @Test
  void aBatchThatMayWaitGoesOnWhenThereIsRoom() {
    int filled = fill();
    Waiting<SendResult> sender = Waiting.on(() -> batch.send(Payloads.of("waited", 10_000), LONG));
    openSocket();
    assertThat(sender.outcome()).isEqualTo(SendResult.SENT);
    batch.close();
    openSocket();
    assertThat(names()).hasSize(filled + 1).endsWith("waited");
    assertClean();
  }

  @Test
  void inTimeOrRefusedAndADrainFollows() {
    int filled = fill();
    openSocket();
    bed.told.clear();
    assertThat(fill()).isEqualTo(filled);
    openSocket();
    bed.told.clear();
    // Over the length at which those wait that can, but not over the limit: nobody was refused yet.
    link.room = 0;
    bed.peer.trySend(Payloads.of("large", 195_000));
    bed.peer.trySend(Payloads.of("large", 195_000));
    assertThat(batch.send(Payloads.of("late"), Duration.ofMillis(5)))
        .isEqualTo(SendResult.BACK_PRESSURED);
    link.runTasks();
    assertThat(bed.told).containsExactly("backpressure");
    openSocket();
    assertThat(bed.told).containsExactly("backpressure", "drain");
  }

  @Test
  void whoCanWaitIsHeldOverAShortQueueAndLetInWhenTimeIsUp() {
    link.room = 0;
    bed.peer.trySend(Payloads.of("large", 199_000));
    assertThat(batch.send(Payloads.of("late", 1_000), Duration.ofMillis(5)))
        .isEqualTo(SendResult.SENT);
    batch.close();
    openSocket();
    assertThat(names()).containsExactly("large", "late");
    assertClean();
  }

  @Test
  void aTimeWithoutEndIsATime() {
    assertThat(batch.send(Payloads.of("a"), ChronoUnit.FOREVER.getDuration()))
        .isEqualTo(SendResult.SENT);
    assertThat(bed.peer.send(Payloads.of("b"), ChronoUnit.FOREVER.getDuration()))
        .isEqualTo(SendResult.SENT);
    fill();
    Waiting<SendResult> sender =
        Waiting.on(() -> batch.send(Payloads.of("c"), ChronoUnit.FOREVER.getDuration()));
    openSocket();
    assertThat(sender.outcome()).isEqualTo(SendResult.SENT);
    batch.close();
  }

  @Test
  void theLoopDoesNotWait() {
    fill();
    link.asLoop(
        () ->
            assertThat(batch.send(Payloads.of("late"), LONG)).isEqualTo(SendResult.BACK_PRESSURED));
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    fill();
    Waiting<List<Object>> sender =
        Waiting.on(
            () ->
                List.of(
                    batch.send(Payloads.of("late"), LONG), Thread.currentThread().isInterrupted()));
    sender.interrupt();
    assertThat(sender.outcome()).containsExactly(SendResult.BACK_PRESSURED, true);
  }

  // the end

  @Test
  void aLinkThatEndsEndsTheBatch() {
    add("a", 10);
    outbound.close();
    assertThat(add("b", 10)).isEqualTo(SendResult.CLOSED);
    batch.close();
    assertThat(link.writes).isEmpty();
    assertClean();
  }

  @Test
  void aWaitingBatchLearnsThatTheLinkHasEnded() {
    fill();
    Waiting<SendResult> sender = Waiting.on(() -> batch.send(Payloads.of("late"), LONG));
    outbound.close();
    assertThat(sender.outcome()).isEqualTo(SendResult.CLOSED);
    batch.close();
    assertClean();
  }

  // without framing

  @Test
  void withoutFramingBytesGatherAsTheyAre() {
    FakeLink raw = new FakeLink();
    SessionBed rawBed = new SessionBed(SessionBed.options().framing(Framing.NONE).build(), timers);
    rawBed.open(raw, false);
    try (Batch<ByteBuffer> rawBatch = rawBed.peer.batch()) {
      rawBatch.trySend(Payloads.of("abc"));
      assertThat(rawBatch.trySend(Payloads.of(""))).isEqualTo(SendResult.SENT);
      rawBatch.trySend(Payloads.of("def"));
    }
    assertThat(raw.wire).hasToString("abcdef");
    rawBed.assertClean();
  }

  @Test
  void withoutFramingEmptyMessagesTakeNoMemory() {
    FakeLink raw = new FakeLink();
    SessionBed rawBed = new SessionBed(SessionBed.options().framing(Framing.NONE).build(), timers);
    Outbound out = rawBed.open(raw, false);
    Batch<ByteBuffer> rawBatch = rawBed.peer.batch();
    for (int i = 0; i < 100; i++) {
      assertThat(rawBatch.trySend(Payloads.of(""))).isEqualTo(SendResult.SENT);
    }
    assertThat(rawBed.pool.outBytes()).isZero();
    rawBatch.close();
    assertThat(raw.writes).isEmpty();
    assertThat(out.pendingBytes()).isZero();
  }
}
