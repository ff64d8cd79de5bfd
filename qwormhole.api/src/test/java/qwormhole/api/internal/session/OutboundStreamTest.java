package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stream: senders fill writes faster than the guard looks. */
class OutboundStreamTest {
  private final OutboundBed bed = new OutboundBed();
  private final FakeLink link = bed.link;

  /** Fills a write, so that this is a stream from now on. */
  private void stream() {
    bed.send("first");
    bed.send("a", FlushPolicy.FLUSH_BYTES);
    assertThat(link.writes).hasSize(2);
    link.runTasks();
  }

  @Test
  void withinAStreamTheLoopStaysAsleep() {
    stream();
    for (int i = 0; i < 50; i++) {
      bed.send("s" + i, 1_000);
    }
    assertThat(link.tasks()).isZero();
    assertThat(link.writes).hasSize(2);
    assertThat(bed.guardThreads).hasValue(1);
    bed.send("b", 20_000);
    assertThat(link.writes).hasSize(3);
  }

  @Test
  void theTailOfAStoppedStreamIsSentThroughTheLoop() {
    stream();
    bed.send("tail");
    assertThat(bed.outbound.flusher.isStillStreaming())
        .as("a write was filled since the last look")
        .isTrue();
    assertThat(bed.outbound.flusher.isStillStreaming()).isFalse();
    assertThat(link.tasks()).isEqualTo(1);

    link.runTasks();

    assertThat(bed.names()).containsExactly("first", "a", "tail");
    bed.assertClean();
  }

  @Test
  void afterAStreamTheLinkIsIdleAgain() {
    stream();
    bed.send("tail");
    while (bed.outbound.flusher.isStillStreaming()) {}
    link.runTasks();
    bed.timers.advance(FlushPolicy.IDLE_NANOS + 1);

    bed.send("at once");

    assertThat(bed.names()).endsWith("at once");
    assertThat(link.tasks()).isZero();
  }

  @Test
  void aStreamThatEndedWithoutATailAsksNobody() {
    stream();
    bed.send("tail");
    bed.send("b", FlushPolicy.FLUSH_BYTES);
    while (bed.outbound.flusher.isStillStreaming()) {}
    assertThat(link.tasks()).isZero();
    bed.assertClean();
  }

  @Test
  void aTailBehindAFullSocketWaitsForTheSocket() {
    stream();
    link.room = 0;
    bed.send("b", FlushPolicy.FLUSH_BYTES);
    bed.send("tail");
    while (bed.outbound.flusher.isStillStreaming()) {}
    link.runTasks();
    assertThat(bed.names()).containsExactly("first", "a");
    bed.openSocket();
    assertThat(bed.names()).containsExactly("first", "a", "b", "tail");
    bed.assertClean();
  }

  @Test
  void aClosedLinkDoesNotStream() {
    stream();
    bed.send("tail");
    bed.outbound.close();
    assertThat(bed.outbound.flusher.isStillStreaming()).isFalse();
    assertThat(link.tasks()).isZero();
    bed.assertClean();
  }

  @Test
  void aHandlerWithinAStreamStillGathers() {
    stream();
    while (bed.outbound.flusher.isStillStreaming()) {}
    bed.outbound.beginGathering();
    bed.send("reply");
    bed.outbound.endGathering();
    assertThat(bed.names()).endsWith("reply");
  }
}
