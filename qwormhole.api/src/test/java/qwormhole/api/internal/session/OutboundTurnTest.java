package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.SendResult;

/** Who writes what was added, and when. */
class OutboundTurnTest {
  private final OutboundBed bed = new OutboundBed();
  private final FakeLink link = bed.link;

  @Test
  void anIdleLinkIsWrittenByTheSenderAtOnce() {
    assertThat(bed.send("a")).isEqualTo(SendResult.SENT);
    assertThat(link.wire.frames()).containsExactly("a");
    assertThat(link.writers).containsExactly(Thread.currentThread());
    assertThat(link.tasks()).as("no hand-off").isZero();
    assertThat(link.asked).isEmpty();
    bed.assertClean();
  }

  @Test
  void sendsSoonAfterAWriteGatherAndAskTheLoopOnce() {
    bed.send("a");
    bed.timers.advance(FlushPolicy.IDLE_NANOS);
    for (String text : List.of("b", "c", "d")) {
      bed.send(text);
    }
    assertThat(link.wire.frames()).containsExactly("a");
    assertThat(link.tasks()).isEqualTo(1);

    link.runTasks();

    assertThat(link.wire.frames()).containsExactly("a", "b", "c", "d");
    assertThat(link.writes).containsExactly(5, 15);
    bed.assertClean();
  }

  @Test
  void aMomentLaterTheSenderWritesAgain() {
    bed.send("a");
    bed.timers.advance(FlushPolicy.IDLE_NANOS + 1);
    bed.send("b");
    assertThat(link.wire.frames()).containsExactly("a", "b");
    assertThat(link.tasks()).isZero();
  }

  @Test
  void afterTheLoopHasWrittenTheNextSendsGatherAgain() {
    bed.send("a");
    bed.send("b");
    link.runTasks();
    bed.send("c");
    assertThat(link.tasks()).isEqualTo(1);
    link.runTasks();
    assertThat(link.wire.frames()).containsExactly("a", "b", "c");
  }

  @Test
  void aFullSegmentIsWrittenByTheSenderAndNotByTheLoop() {
    bed.send("a");
    List<String> expected = new ArrayList<>(List.of("a"));
    int gathered = 0;
    for (int i = 0; gathered < FlushPolicy.FLUSH_BYTES; i++) {
      assertThat(link.writes).hasSize(1);
      bed.send("m" + i, 1_020);
      expected.add("m" + i);
      gathered += 1_024;
    }
    assertThat(link.writes).hasSizeGreaterThan(1);
    assertThat(link.writers).containsOnly(Thread.currentThread());
    bed.endStream();
    assertThat(bed.names()).isEqualTo(expected);
    bed.assertClean();
  }

  @Test
  void aLargeMessageOnAnIdleLinkIsWrittenWholeByItsSender() {
    for (int length : new int[] {60_000, 70_000, 300_000}) {
      bed.rest();
      bed.send("m" + length, length);
      assertThat(bed.names()).endsWith("m" + length);
      bed.assertClean();
    }
    assertThat(bed.guardThreads).hasValue(0);
    assertThat(link.tasks()).isZero();
  }

  @Test
  void repliesInAHandlerGatherUntilTheInputIsUsedUp() {
    link.asLoop(
        () -> {
          bed.outbound.beginGathering();
          bed.send("a");
          bed.send("b");
          assertThat(link.writes).isEmpty();
          bed.outbound.endGathering();
        });
    assertThat(link.wire.frames()).containsExactly("a", "b");
    assertThat(link.writes).hasSize(1);
    assertThat(link.tasks()).isZero();
    bed.assertClean();
  }

  @Test
  void repliesThatFillASegmentGoOutWithinTheHandler() {
    bed.outbound.beginGathering();
    bed.send("a", 40_000);
    assertThat(link.writes).isEmpty();
    bed.send("b", 40_000);
    assertThat(bed.names()).containsExactly("a", "b");
    bed.outbound.endGathering();
    assertThat(link.writes).hasSize(1);
  }

  @Test
  void aHandlerThatSendsNothingCausesNoWrite() {
    bed.outbound.beginGathering();
    bed.outbound.endGathering();
    assertThat(link.writes).isEmpty();
    bed.send("a");
    assertThat(link.wire.frames()).as("and leaves nothing behind").containsExactly("a");
  }

  @Test
  void anotherThreadIsNotHeldUpByAHandler() throws InterruptedException {
    bed.outbound.beginGathering();
    bed.send("reply");
    Thread other = new Thread(() -> bed.send("other"));
    other.start();
    other.join();
    assertThat(link.wire.frames()).containsExactly("reply", "other");
    assertThat(link.writers).containsExactly(other);
    bed.outbound.endGathering();
    bed.assertClean();
  }

  @Test
  void whatIsAddedDuringAWriteIsWrittenByWhoHoldsTheTurn() {
    link.onWrite =
        () -> {
          link.onWrite = () -> {};
          bed.send("b");
          bed.send("c");
        };
    bed.send("a");
    assertThat(link.wire.frames()).containsExactly("a", "b", "c");
    assertThat(link.writes).containsExactly(5, 10);
    assertThat(link.tasks()).isZero();
    bed.assertClean();
  }

  @Test
  void aFullSocketIsAskedForOnceAndWrittenWhenItTakesBytesAgain() {
    bed.fillSocket();
    bed.send("b");
    bed.timers.advance(FlushPolicy.IDLE_NANOS + 1);
    bed.send("c", FlushPolicy.FLUSH_BYTES);
    assertThat(link.asked).containsExactly("wantWritable");
    assertThat(link.tasks()).isZero();
    assertThat(link.writes).hasSize(1);

    bed.openSocket();

    assertThat(bed.names()).containsExactly("blocker", "b", "c");
    bed.assertClean();
  }

  @Test
  void aFrameThatWasTakenInPartGoesOnWhereItStopped() {
    link.room = 3;
    bed.send("abcdef");
    bed.makeRoom(2);
    assertThat(link.asked).containsExactly("wantWritable", "wantWritable");
    assertThat(bed.outbound.pendingBytes()).isEqualTo(5);
    bed.openSocket();
    assertThat(link.wire.frames()).containsExactly("abcdef");
    bed.assertClean();
  }

  @Test
  void aWriterHandsOverAfterAMegabyte() {
    bed.fillSocket();
    for (int i = 0; i < 40; i++) {
      bed.send("m" + i, 100_000);
    }
    link.room = Integer.MAX_VALUE;
    bed.outbound.onWritable();
    assertThat(link.wire.size()).isBetween(1 << 20, (1 << 20) + (256 << 10));
    assertThat(link.tasks()).isEqualTo(1);

    link.runTasks();

    assertThat(bed.names()).hasSize(41).startsWith("blocker", "m0").endsWith("m39");
    bed.assertClean();
  }

  @Test
  void aSenderWhoHandedOverIsNotNeededAnyMore() {
    bed.fillSocket();
    bed.send("large", 2 << 20);
    link.room = Integer.MAX_VALUE;
    bed.outbound.onWritable();
    assertThat(link.wire.frames()).as("in the middle of a frame").hasSize(1);
    bed.send("b", FlushPolicy.FLUSH_BYTES);
    link.runTasks();
    assertThat(bed.names()).containsExactly("blocker", "large", "b");
    bed.assertClean();
  }

  @Test
  void flushWritesWhatWaitsForTheLoop() {
    bed.send("a");
    bed.send("b");
    bed.outbound.flush();
    assertThat(link.wire.frames()).containsExactly("a", "b");
    link.runTasks();
    assertThat(link.writes).hasSize(2);
  }

  @Test
  void oneVectoredWriteTakesSeveralSegments() {
    bed.fillSocket();
    for (int i = 0; i < 8; i++) {
      bed.send("m" + i, 60_000);
    }
    bed.makeRoom(11);
    link.writes.clear();
    bed.openSocket();
    assertThat(link.writes).containsExactly(4 * 60_004, 4 * 60_004);
  }

  @Test
  void countersTellWhatWasSent() {
    bed.send("a");
    bed.send("bc");
    link.runTasks();
    assertThat(bed.outbound.messages()).isEqualTo(2);
    assertThat(bed.outbound.bytesWritten()).isEqualTo(11);
    assertThat(bed.outbound.writes()).isEqualTo(2);
    assertThat(bed.outbound.refusals()).isZero();
  }

  @Test
  void emptyMessagesAreFramesLikeOthers() {
    bed.send("");
    bed.send("");
    link.runTasks();
    assertThat(link.wire.frames()).containsExactly("", "");
    bed.assertClean();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverTheSocketTakesTheStreamIsExact(long seed) {
    Random random = new Random(seed);
    List<String> sent = new ArrayList<>();
    link.room = random.nextInt(1_000);
    for (int i = 0; i < 300; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(2_000);
      ByteBuffer payload =
          random.nextBoolean()
              ? Payloads.of("m" + i, length + 5)
              : Payloads.direct("m" + i, length + 5);
      int position = payload.position();
      if (bed.outbound.offer(payload, 0, null) == SendResult.SENT) {
        sent.add("m" + i);
      }
      assertThat(payload.position()).isEqualTo(position);
      switch (random.nextInt(4)) {
        case 0 -> bed.makeRoom(random.nextInt(100_000));
        case 1 -> bed.timers.advance(random.nextInt(40_000));
        case 2 -> link.runTasks();
        default -> {}
      }
    }
    bed.openSocket();
    bed.outbound.flush();
    assertThat(bed.names()).as("seed %d", seed).isEqualTo(sent);
    bed.assertClean();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }
}
