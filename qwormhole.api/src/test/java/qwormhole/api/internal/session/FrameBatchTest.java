package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.internal.frame.ControlFrame;

/** At most so many frames in one write. */
class FrameBatchTest {
  private final OutboundBed bed = new OutboundBed();
  private final FakeLink link = bed.link;

  /** Frames of ten bytes that wait behind a full socket, then go out. */
  private List<Integer> writesOf(int frames) {
    link.room = 0;
    bed.send("blocker");
    for (int i = 0; i < frames; i++) {
      bed.send("six" + (100 + i));
    }
    link.writes.clear();
    bed.openSocket();
    return List.copyOf(link.writes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 32, 64})
  void noWriteHoldsMoreFrames(int batch) {
    bed.outbound.limitBatch(batch);

    List<Integer> writes = writesOf(3 * batch);

    assertThat(writes.stream().mapToInt(bytes -> bytes).sum()).isEqualTo(11 + 3 * batch * 10);
    assertThat(writes).allMatch(bytes -> bytes <= batch * 10 + 1);
    assertThat(writes).hasSizeBetween(3, 3 * batch + 1);
    assertThat(bed.names()).hasSize(3 * batch + 1).endsWith("six" + (99 + 3 * batch));
    bed.assertClean();
  }

  @Test
  void withoutALimitTheyGoTogether() {
    assertThat(writesOf(100)).as("the blocker, then the rest").hasSize(2);
  }

  @Test
  void aFrameThatTheSocketTookInPiecesCountsOnce() {
    bed.outbound.limitBatch(1);
    link.room = 0;
    bed.send("one", 1_000);
    bed.send("two", 1_000);
    for (int i = 0; i < 300; i++) {
      bed.makeRoom(7);
    }
    bed.openSocket();

    assertThat(bed.names()).containsExactly("one", "two");
    bed.assertClean();
  }

  @Test
  void framesOfManySegmentsAndControlFramesPass() {
    bed.outbound.limitBatch(2);
    bed.outbound.addChecksums();
    link.room = 0;
    bed.send("large", 300_000);
    bed.outbound.addControl(ControlFrame.token(ControlFrame.PING, 1), false);
    bed.send("small");
    bed.send("large too", 70_000);
    bed.openSocket();

    int bytes = 300_000 + 5 + 70_000 + 3 * 8 + 13;
    assertThat(link.writes.stream().mapToInt(written -> written).sum()).isEqualTo(bytes);
    assertThat(bed.outbound.bytesWritten()).isEqualTo(bytes);
    bed.assertClean();
  }

  @Test
  void aLargeDirectMessageIsNotWrittenInPlaceWhereItNeedsAChecksum() {
    bed.outbound.addChecksums();
    ByteBuffer large = Payloads.direct("large", 200_000);

    bed.outbound.offer(large, 0, null);

    assertThat(link.lastBuffers).doesNotContain(large);
    assertThat(bed.outbound.bytesWritten()).isEqualTo(200_008);
    bed.assertClean();
  }
}
