package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.ControlFrame;

/** One session on a scripted link: what sockets cannot be made to do at will. */
class LinkSessionTest {
  private static final long SECOND = 1_000_000_000L;

  private final ManualTimers timers = new ManualTimers();
  private final FakeLink link = new FakeLink();
  private SessionBed bed = new SessionBed(SessionBed.options().build(), timers);

  private void receive(String hex) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    link.asLoop(() -> bed.session.onBytes(bytes));
  }

  private void check() {
    bed.session.check(timers.nanoTime());
    link.runTasks();
  }

  private String last() {
    return bed.told.get(bed.told.size() - 1);
  }

  // reading and pausing

  @Test
  void aPauseInTheMiddleOfAFrameIsNotThePeersSlowness() {
    bed.open(link, false);
    receive("0000000a0102");
    bed.peer.pauseReads();
    timers.advance(60 * SECOND);
    check();
    bed.peer.resumeReads();
    link.runTasks();
    check();
    assertThat(link.asked).containsExactly("pauseReads", "resumeReads");
    receive("030405060708090a");
    assertThat(bed.told).containsExactly("link open", "message \1\2\3\4\5\6\7\10\11\12");
  }

  @Test
  void aFrameThatIsSlowByItselfEndsTheLink() {
    bed.open(link, false);
    receive("0000000a0102");
    timers.advance(11 * SECOND);
    receive("03");
    check();
    assertThat(link.asked).containsExactly("close");
    bed.session.onClosed(null);
    assertThat(last()).contains("E_PROTOCOL_ERROR").contains("slower than 1 KiB/s");
    bed.assertClean();
  }

  @Test
  void pausedBeforeItOpensItDoesNotRead() {
    bed.session.pause(Pauses.HANDLERS);
    bed.open(link, false);
    assertThat(link.asked).containsExactly("pauseReads");
    bed.session.resume(Pauses.HANDLERS);
    link.runTasks();
    assertThat(link.asked).containsExactly("pauseReads", "resumeReads");
  }

  @Test
  void pausedAndResumedBeforeItOpensItReads() {
    bed.session.pause(Pauses.HANDLERS);
    bed.session.resume(Pauses.HANDLERS);
    bed.open(link, false);
    assertThat(link.asked).isEmpty();
    receive("0000000161");
    assertThat(last()).isEqualTo("message a");
  }

  @Test
  void slowHandlersPauseReadingAndGoOnWhenTheyAreThrough() {
    List<Runnable> submitted = new ArrayList<>();
    bed = new SessionBed(SessionBed.options().handlerExecutor(submitted::add).build(), timers);
    bed.open(link, false);
    receive("00000000".repeat(20_000));
    assertThat(link.asked).containsExactly("pauseReads");
    assertThat(submitted).hasSize(1);
    for (int i = 0; i < submitted.size(); i++) {
      submitted.get(i).run();
      link.runTasks();
    }
    assertThat(link.asked).endsWith("pauseReads", "resumeReads");
    assertThat(bed.told).hasSize(20_001);
    bed.session.onClosed(null);
    bed.assertClean();
  }

  @Test
  void anInboundRateIsKeptByNotReading() {
    bed = new SessionBed(SessionBed.options().inboundRate(1_000, 1_000).build(), timers);
    bed.open(link, false);
    long start = timers.nanoTime();
    String frame = "00000064" + "61".repeat(100);
    for (int i = 0; i < 100; i++) {
      receive(frame);
      while (link.asked.size() % 2 == 1) {
        assertThat(timers.advanceToNext()).isTrue();
        link.runTasks();
      }
    }
    double seconds = (timers.nanoTime() - start) / 1e9;
    assertThat(seconds).isBetween(9.4 * 0.95, 9.4 * 1.05);
    assertThat(bed.told).hasSize(101);
  }

  // faults

  @Test
  void afterAFaultNothingIsDeliveredOrWritten() {
    bed.open(link, false);
    receive("0000000161" + "ffffffff" + "0000000162");
    receive("0000000163");
    assertThat(bed.told).containsExactly("link open", "message a");
    assertThat(bed.peer.trySend(Payloads.of("x"))).isEqualTo(SendResult.CLOSED);
    bed.session.onClosed(null);
    assertThat(last()).startsWith("closed: E_FRAME_TOO_LARGE frame length 4294967295");
    bed.assertClean();
  }

  @Test
  void aFailedWriteResetsTheLinkAndIsTheReason() {
    bed.open(link, false);
    timers.advance(SECOND);
    link.failure = new IOException("Broken pipe");
    bed.peer.trySend(Payloads.of("x"));
    link.runTasks();
    assertThat(link.asked).containsExactly("abort");
    bed.session.onClosed(null);
    assertThat(last()).isEqualTo("closed: E_CONNECTION_LOST Broken pipe");
    bed.assertClean();
  }

  @Test
  void anEndInTheMiddleOfAFrameIsALoss() {
    bed.open(link, false);
    receive("0000000561");
    bed.session.onClosed(null);
    assertThat(last()).startsWith("closed: E_CONNECTION_LOST").contains("middle of a frame");
    bed.assertClean();
  }

  // control frames

  @Test
  void aPingIsAnsweredWithItsTokenAheadOfQueuedData() {
    bed.open(link, true);
    timers.advance(SECOND);
    link.room = 0;
    bed.peer.trySend(Payloads.of("first"));
    bed.peer.trySend(Payloads.of("second"));
    receive("80000009" + "02" + "0102030405060708");
    link.room = Integer.MAX_VALUE;
    link.asLoop(bed.session::onWritable);
    assertThat(link.wire.frames())
        .containsExactly("first", "control \3\1\2\3\4\5\6\7\10", "second");
  }

  @Test
  void anUnknownKindEndsTheLink() {
    bed.open(link, true);
    receive("80000001" + "63" + "0000000161");
    bed.session.onClosed(null);
    assertThat(bed.told)
        .containsExactly("link open", "closed: E_PROTOCOL_ERROR control frame of unknown kind 99");
  }

  @Test
  void tooManyControlFramesEndTheLink() {
    bed.open(link, true);
    for (int i = 0; i < 200; i++) {
      receive("80000009" + "03" + "0000000000000000");
    }
    assertThat(link.asked).isEmpty();
    receive("80000009" + "03" + "0000000000000000");
    assertThat(link.asked).containsExactly("close");
  }

  @Test
  void aReasonToGoAwayIsTheReasonOfTheClose() {
    bed.open(link, true);
    ByteBuffer frame = ControlFrame.goAway(ControlFrame.GOAWAY_DRAINING, "draining");
    link.asLoop(() -> bed.session.onBytes(frame));
    bed.session.onClosed(null);
    assertThat(last()).isEqualTo("closed: null draining");
  }

  @Test
  void aSilentPeerIsPingedTwiceAndGivenUp() {
    bed = new SessionBed(SessionBed.options().pingInterval(Duration.ofSeconds(1)).build(), timers);
    bed.open(link, true);
    for (int i = 0; i < 35 && link.asked.isEmpty(); i++) {
      timers.advance(SECOND / 10);
      check();
    }
    assertThat(link.wire.frames()).hasSize(2).allMatch(frame -> frame.startsWith("control \2"));
    assertThat(link.asked).containsExactly("close", "abort");
    bed.session.onClosed(null);
    assertThat(last()).startsWith("closed: E_PEER_UNRESPONSIVE");
  }

  // closing

  @Test
  void closingWritesWhatWasAcceptedSaysGoodbyeAndClosesTheLink() {
    bed.open(link, true);
    timers.advance(SECOND);
    link.room = 0;
    bed.peer.trySend(Payloads.of("accepted"));
    link.asLoop(
        () ->
            bed.session.close(
                new CloseReason(Initiator.LOCAL, null, "done"), Duration.ofSeconds(1)));
    assertThat(link.asked).doesNotContain("close");
    link.room = Integer.MAX_VALUE;
    link.asLoop(bed.session::onWritable);
    link.runTasks();
    assertThat(link.wire.frames()).containsExactly("accepted", "control \4\0\2done");
    assertThat(link.asked).endsWith("close");
    bed.session.onClosed(null);
    timers.advance(10 * SECOND);
    link.runTasks();
    assertThat(link.asked).doesNotContain("abort");
    bed.assertClean();
  }

  @Test
  void aPeerThatDoesNotReadIsAbortedAfterTheGrace() {
    bed.open(link, true);
    timers.advance(SECOND);
    link.room = 0;
    bed.peer.trySend(Payloads.of("accepted"));
    link.asLoop(
        () ->
            bed.session.close(
                new CloseReason(Initiator.LOCAL, null, "done"), Duration.ofSeconds(1)));
    timers.advance(SECOND - 1);
    link.runTasks();
    assertThat(link.asked).doesNotContain("abort");
    timers.advance(1);
    link.runTasks();
    assertThat(link.asked).endsWith("abort");
    bed.assertClean();
  }
}
