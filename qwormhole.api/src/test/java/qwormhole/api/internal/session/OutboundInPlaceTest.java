package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.RateLimit;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.ControlFrame;

/** Large direct payloads on an idle link are written from where they lie. */
class OutboundInPlaceTest {
  private static final int LARGE = 200_000;

  private final OutboundBed bed = new OutboundBed();
  private final FakeLink link = bed.link;
  private final ByteBuffer payload = Payloads.direct("large", LARGE);

  private SendResult send(ByteBuffer bytes) {
    return bed.outbound.offer(bytes, 0, null);
  }

  private boolean wasInPlace() {
    return link.lastBuffers.contains(payload);
  }

  @Test
  void writtenFromWhereItLiesAndLeftAsItWas() {
    payload.order(ByteOrder.LITTLE_ENDIAN);
    assertThat(send(payload)).isEqualTo(SendResult.SENT);
    assertThat(link.lastBuffers.get(1)).isSameAs(payload);
    assertThat(link.writes).containsExactly(LARGE + 4);
    assertThat(payload.position()).isEqualTo(7);
    assertThat(payload.limit()).isEqualTo(LARGE + 7);
    assertThat(payload.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(bed.names()).containsExactly("large");
    assertThat(bed.outbound.messages()).isEqualTo(1);
    assertThat(bed.outbound.bytesWritten()).isEqualTo(LARGE + 4);
    bed.assertClean();
  }

  @Test
  void smallOnesAndThoseOnTheHeapAreCopied() {
    ByteBuffer small = Payloads.direct("small", 100_000);
    send(small);
    assertThat(link.lastBuffers).doesNotContain(small);
    ByteBuffer heap = Payloads.of("heap", LARGE);
    bed.rest();
    send(heap);
    assertThat(link.lastBuffers).doesNotContain(heap);
    assertThat(bed.names()).containsExactly("small", "heap");
  }

  @Test
  void whatGathersGoesBeforeIt() {
    bed.send("a");
    bed.send("b");
    send(payload);
    assertThat(bed.names()).containsExactly("a", "b", "large");
    assertThat(wasInPlace()).isTrue();
  }

  @Test
  void behindAFullSocketItIsCopied() {
    bed.fillSocket();
    send(payload);
    overwrite(payload);
    bed.openSocket();
    assertThat(wasInPlace()).isFalse();
    assertThat(bed.names()).containsExactly("blocker", "large");
    bed.assertClean();
  }

  @Test
  void withoutFramingOrWithARateLimitItIsCopied() {
    OutboundBed raw =
        new OutboundBed(
            OutboundBed.limits(false, OutboundBed.MAX_FRAME, OutboundBed.MAX_OUTBOUND),
            null,
            1 << 20);
    raw.outbound.offer(payload, 0, null);
    assertThat(raw.link.lastBuffers).isNotEmpty().doesNotContain(payload);
    assertThat(raw.link.wire.size()).isEqualTo(LARGE);

    OutboundBed limited =
        new OutboundBed(
            OutboundBed.limits(true, OutboundBed.MAX_FRAME, OutboundBed.MAX_OUTBOUND),
            new RateLimit(1 << 20, 1 << 20),
            1 << 20);
    limited.outbound.offer(payload, 0, null);
    assertThat(limited.link.lastBuffers).isNotEmpty().doesNotContain(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 60_000, LARGE + 3})
  void takenInPartItIsFinishedLaterBeforeAnythingElse(int taken) {
    link.room = taken;
    assertThat(send(payload)).isEqualTo(SendResult.SENT);
    assertThat(wasInPlace()).isTrue();
    assertThat(payload.position()).isEqualTo(7);
    assertThat(bed.outbound.pendingBytes()).isEqualTo(LARGE + 4 - taken);
    overwrite(payload);

    bed.outbound.addControl(ControlFrame.token(ControlFrame.PING, 1), false);
    bed.outbound.offer(Payloads.of("urgent"), -5, null);
    bed.send("behind");
    assertThat(link.asked).containsExactly("wantWritable");
    bed.openSocket();

    assertThat(bed.names()).hasSize(4).startsWith("large").endsWith("urgent", "behind");
    assertThat(bed.names().get(1)).startsWith("control ");
    assertThat(link.wire.frames().get(0)).isEqualTo(Payloads.named("large", LARGE));
    bed.assertClean();
  }

  @Test
  void whatOthersSendDuringTheWriteComesBehindIt() {
    link.room = 50_000;
    link.onWrite =
        () -> {
          link.onWrite = () -> {};
          bed.send("during");
          bed.outbound.offer(Payloads.direct("direct", LARGE), -1, null);
        };
    send(payload);
    bed.send("after");
    bed.openSocket();
    assertThat(bed.names()).containsExactly("large", "direct", "during", "after");
    bed.assertClean();
  }

  @Test
  void itsFutureCompletesWhenAllIsTaken() {
    CompletableFuture<Void> whole = new CompletableFuture<>();
    bed.outbound.offer(payload, 0, whole);
    assertThat(whole).isCompleted();

    link.room = 10;
    CompletableFuture<Void> inPart = new CompletableFuture<>();
    bed.outbound.offer(payload, 0, inPart);
    bed.makeRoom(LARGE - 7);
    assertThat(inPart).as("one byte is missing").isNotDone();
    bed.makeRoom(1);
    assertThat(inPart).isCompleted();
    bed.assertClean();
  }

  @Test
  void aFailingWriteIsToldOnceAndTheSenderSeesItClosed() {
    link.failure = new IOException("reset");
    assertThat(send(payload)).isEqualTo(SendResult.CLOSED);
    assertThat(send(payload)).isEqualTo(SendResult.CLOSED);
    assertThat(bed.send("a")).isEqualTo(SendResult.CLOSED);
    assertThat(bed.events.told).containsExactly("failed: reset");
    assertThat(payload.position()).isEqualTo(7);
    bed.assertClean();
  }

  @Test
  void aDefectInTheWriteEndsTheLinkAndHoldsNobodyUp() {
    link.defect = new IllegalStateException("the payload's memory is gone");
    assertThat(send(payload)).isEqualTo(SendResult.CLOSED);
    assertThat(bed.send("a")).isEqualTo(SendResult.CLOSED);
    assertThat(bed.events.told).hasSize(1);
    assertThat(bed.events.told.get(0)).startsWith("failed: ").contains("memory is gone");
    assertThat(payload.position()).isEqualTo(7);
    bed.assertClean();
  }

  @Test
  void withoutMemoryForTheRestTheLinkEnds() {
    OutboundBed tight =
        new OutboundBed(
            OutboundBed.limits(true, OutboundBed.MAX_FRAME, OutboundBed.MAX_OUTBOUND),
            null,
            100_000);
    tight.link.room = 1_000;
    CompletableFuture<Void> completion = new CompletableFuture<>();
    assertThat(tight.outbound.offer(payload, 0, completion)).isEqualTo(SendResult.CLOSED);
    assertThat(tight.events.told)
        .containsExactly("failed: out of buffers in the middle of a frame");
    assertThat(payload.position()).isEqualTo(7);
    tight.assertClean();
  }

  @Test
  void closedDuringTheWriteNothingIsKept() {
    link.room = 1_000;
    link.onWrite = bed.outbound::close;
    CompletableFuture<Void> completion = new CompletableFuture<>();
    assertThat(bed.outbound.offer(payload, 0, completion)).isEqualTo(SendResult.SENT);
    assertThat(completion).isCompletedExceptionally();
    assertThat(bed.events.told).isEmpty();
    bed.assertClean();
  }

  private static void overwrite(ByteBuffer memory) {
    for (int i = 0; i < memory.limit(); i++) {
      memory.put(i, (byte) '!');
    }
  }
}
