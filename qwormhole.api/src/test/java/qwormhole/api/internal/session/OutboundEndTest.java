package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import qwormhole.api.SendResult;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.frame.Segment;

class OutboundEndTest {
  private final OutboundBed bed = new OutboundBed();
  private final FakeLink link = bed.link;

  private static void assertLost(CompletableFuture<Void> completion) {
    assertThat(completion)
        .isCompletedExceptionally()
        .failsWithin(Waiting.LONG)
        .withThrowableThat()
        .havingCause()
        .asInstanceOf(InstanceOfAssertFactories.type(QWormholeException.class))
        .extracting(QWormholeException::code)
        .isEqualTo(ErrorCode.E_CONNECTION_LOST);
  }

  // futures

  @Test
  void aFutureCompletesOnlyWhenItsLastByteIsTaken() {
    link.room = 0;
    CompletableFuture<Void> first = bed.sendAsync("first", 70_000);
    CompletableFuture<Void> second = bed.sendAsync("second", 100);
    bed.makeRoom(70_003);
    assertThat(first).isNotDone();
    bed.openSocket();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    bed.assertClean();
  }

  @Test
  void aFutureOfAnIdleLinkIsCompleteAtOnce() {
    assertThat(bed.sendAsync("a", 10)).isCompleted();
  }

  @Test
  void aFuturesOwnSendGoesBehind() {
    link.room = 0;
    CompletableFuture<Void> then = bed.sendAsync("a", 10).thenRun(() -> bed.send("then"));
    bed.send("b");
    bed.openSocket();
    assertThat(bed.names()).containsExactly("a", "b", "then");
    assertThat(then).isCompleted();
    bed.assertClean();
  }

  @Test
  void aRefusedSendLeavesItsFutureToTheCaller() {
    bed.outbound.close();
    CompletableFuture<Void> completion = new CompletableFuture<>();
    assertThat(bed.outbound.offer(Payloads.of("a"), 0, completion)).isEqualTo(SendResult.CLOSED);
    assertThat(completion).isNotDone();
  }

  // close

  @Test
  void afterCloseNothingIsAcceptedOrWritten() {
    bed.outbound.close();
    assertThat(bed.send("a")).isEqualTo(SendResult.CLOSED);
    assertThat(bed.outbound.offer(Payloads.of("a"), 0, 1L)).isEqualTo(SendResult.CLOSED);
    bed.outbound.addControl(ControlFrame.token(ControlFrame.PING, 1), false);
    bed.outbound.onWritable();
    bed.outbound.flush();
    bed.outbound.finish();
    assertThat(link.writes).isEmpty();
    assertThat(bed.events.told).isEmpty();
    assertThat(bed.outbound.isClosed()).isTrue();
    bed.assertClean();
  }

  @Test
  void closeFailsTheFuturesOfWhatWasNotWritten() {
    link.room = 2_000;
    CompletableFuture<Void> inFlight = bed.sendAsync("flight", 70_000);
    CompletableFuture<Void> queued = bed.sendAsync("queued", 10);
    CompletableFuture<Void> urgent = new CompletableFuture<>();
    bed.outbound.offer(Payloads.of("urgent"), -1, urgent);
    bed.outbound.close();
    assertLost(inFlight);
    assertLost(queued);
    assertLost(urgent);
    bed.outbound.close();
    bed.assertClean();
  }

  @Test
  void closedDuringAWriteTheWriterCleansUp() {
    link.onWrite =
        () -> {
          bed.send("meanwhile");
          bed.outbound.close();
          assertThat(bed.pool.outBytes()).isPositive();
        };
    link.room = 2;
    CompletableFuture<Void> completion = bed.sendAsync("a", 10);
    assertLost(completion);
    assertThat(link.asked).isEmpty();
    bed.assertClean();
  }

  @Test
  void closedDuringAWriteThatFailsItIsToldOnce() {
    link.onWrite = bed.outbound::close;
    link.failure = new IOException("reset");
    bed.send("a");
    assertThat(bed.events.told).containsExactly("failed: reset");
    bed.assertClean();
  }

  @Test
  void aFlushThatComesTooLateDoesNothing() {
    bed.send("a");
    bed.send("b");
    bed.outbound.close();
    link.runTasks();
    assertThat(link.wire.frames()).containsExactly("a");
    bed.assertClean();
  }

  // failure

  @Test
  void aWriteFailureIsToldOnceAndEndsEverything() {
    link.room = 0;
    CompletableFuture<Void> first = bed.sendAsync("a", 70_000);
    CompletableFuture<Void> second = bed.sendAsync("b", 10);
    link.failure = new IOException("Broken pipe");
    bed.openSocket();
    assertLost(first);
    assertLost(second);
    assertThat(bed.send("c")).isEqualTo(SendResult.CLOSED);
    bed.outbound.onWritable();
    bed.outbound.close();
    assertThat(bed.events.told).containsExactly("failed: Broken pipe");
    bed.assertClean();
  }

  @Test
  void aDefectOfTheProviderIsAWriteFailureToo() {
    link.defect = new IllegalStateException("not connected yet");
    CompletableFuture<Void> completion = new CompletableFuture<>();
    bed.outbound.offer(Payloads.of("a"), 0, completion);
    assertLost(completion);
    assertThat(bed.send("b")).isEqualTo(SendResult.CLOSED);
    assertThat(bed.events.told).hasSize(1);
    assertThat(bed.events.told.get(0)).startsWith("failed: ").contains("not connected yet");
    bed.assertClean();
  }

  @Test
  void aFailureOnTheLoopIsTheSameAsOneInASender() {
    bed.send("a");
    CompletableFuture<Void> completion = bed.sendAsync("b", 10);
    link.failure = new IOException("reset");
    link.runTasks();
    assertLost(completion);
    assertThat(bed.events.told).containsExactly("failed: reset");
    bed.assertClean();
  }

  // finish

  @Test
  void finishingAnIdleLinkIsDoneAtOnce() {
    bed.outbound.finish();
    assertThat(bed.events.told).containsExactly("finished");
    assertThat(bed.send("a")).isEqualTo(SendResult.CLOSED);
    assertThat(bed.outbound.offer(Payloads.direct("a", 70_000), 0, null))
        .isEqualTo(SendResult.CLOSED);
    assertThat(link.writes).isEmpty();
  }

  @Test
  void finishWritesWhatGatheredAndThenTells() {
    bed.send("a");
    bed.send("b");
    bed.outbound.finish();
    assertThat(link.wire.frames()).containsExactly("a", "b");
    assertThat(bed.events.told).containsExactly("finished");
    link.runTasks();
    bed.assertClean();
  }

  @Test
  void finishWaitsForAFullSocket() {
    bed.fillSocket();
    bed.send("a");
    bed.outbound.finish();
    assertThat(bed.events.told).isEmpty();
    assertThat(bed.send("late")).isEqualTo(SendResult.CLOSED);
    bed.makeRoom(11);
    assertThat(bed.events.told).isEmpty();
    bed.openSocket();
    assertThat(bed.names()).containsExactly("blocker", "a");
    assertThat(bed.events.told).containsExactly("finished");
    bed.assertClean();
  }

  @Test
  void finishedDuringAWriteTheWriterTells() {
    link.onWrite =
        () -> {
          link.onWrite = () -> {};
          bed.outbound.finish();
          assertThat(bed.events.told).isEmpty();
        };
    bed.send("a");
    assertThat(bed.events.told).containsExactly("finished");
  }

  @Test
  void finishWaitsForABatchUnderWay() {
    Segment reserved = bed.outbound.loans().reserve(false);
    bed.outbound.finish();
    assertThat(bed.events.told).isEmpty();
    reserved.memory.put(new byte[] {0, 0, 0, 1, 'a'});
    bed.outbound.loans().submit(reserved, 1);
    assertThat(link.wire.frames()).containsExactly("a");
    assertThat(bed.events.told).containsExactly("finished");
    bed.assertClean();
  }

  @Test
  void finishedAndThenLostTheFuturesFail() {
    bed.fillSocket();
    CompletableFuture<Void> completion = bed.sendAsync("a", 10);
    bed.outbound.finish();
    bed.outbound.close();
    assertLost(completion);
    assertThat(bed.events.told).isEmpty();
    bed.assertClean();
  }

  // batches

  @Test
  void aBatchThatComesBackAfterTheEndIsForgotten() {
    Segment reserved = bed.outbound.loans().reserve(false);
    reserved.memory.put(new byte[] {0, 0, 0, 1, 'a'});
    bed.outbound.close();
    bed.outbound.loans().submit(reserved, 1);
    assertThat(link.writes).isEmpty();
    bed.assertClean();
  }

  @Test
  void afterTheEndNoBatchIsBegunAndNothingIsCountedAsRefused() {
    bed.outbound.finish();
    assertThat(bed.outbound.loans().reserve(false)).isNull();
    bed.outbound.close();
    assertThat(bed.outbound.loans().reserve(false)).isNull();
    assertThat(bed.outbound.loans().reserve(true)).isNull();
    assertThat(bed.outbound.refusals()).isZero();
    assertThat(bed.events.told).containsExactly("finished");
  }

  // control frames

  @Test
  void controlFramesGoAheadOfWhatIsQueuedButNeverInsideAFrame() {
    link.room = 100;
    bed.send("large", 200_000);
    bed.send("data");
    bed.outbound.offer(Payloads.of("urgent"), -1_000, null);
    bed.outbound.addControl(ControlFrame.goAway(1, "bye"), false);
    bed.outbound.addControl(Payloads.of("{}"), true);
    bed.openSocket();
    assertThat(bed.names())
        .containsExactly("large", "control \u0004\0\u0001bye", "{}", "urgent", "data");
    bed.assertClean();
  }

  @Test
  void aControlFrameTakesWhatGatheredAlong() {
    bed.send("a");
    bed.send("b");
    bed.outbound.addControl(Payloads.of("pong"), true);
    assertThat(bed.names()).containsExactly("a", "pong", "b");
    assertThat(bed.outbound.messages()).as("control frames are not messages").isEqualTo(2);
  }

  @Test
  void withoutMemoryAControlFrameIsNotSent() {
    OutboundBed tight = new OutboundBed(OutboundBed.limits(true, 100, 1_000), null, 4 << 10);
    Segment others = tight.pool.acquire(1);
    tight.outbound.addControl(Payloads.of("pong"), true);
    tight.pool.release(others);
    assertThat(tight.link.writes).isEmpty();
    tight.assertClean();
  }

  // without framing

  @Test
  void withoutFramingBytesGoAsTheyAre() {
    OutboundBed raw = new OutboundBed(OutboundBed.limits(false, 100, 1_000), null, 1 << 20);
    raw.send("abc");
    raw.send("def");
    raw.link.runTasks();
    assertThat(raw.link.wire).hasToString("abcdef");
    raw.assertClean();
  }

  @Test
  void withoutFramingAnEmptyMessageIsSentByDoingNothing() {
    OutboundBed raw = new OutboundBed(OutboundBed.limits(false, 100, 1_000), null, 1 << 20);
    raw.send("a");
    CompletableFuture<Void> completion = raw.sendAsync("", 0);
    raw.link.runTasks();
    assertThat(completion).isCompleted();
    raw.assertClean();
  }
}
