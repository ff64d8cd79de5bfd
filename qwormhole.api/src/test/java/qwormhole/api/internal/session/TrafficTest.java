package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private final Traffic traffic = new Traffic();

  private static SessionBed bed(int bytes) {
    SessionBed bed = new SessionBed(SessionBed.options().build(), new ManualTimers());
    bed.open(new FakeLink(), false);
    bed.session.onBytes(ByteBuffer.allocate(4 + bytes).putInt(bytes).position(0));
    return bed;
  }

  @Test
  void aConnectionCountsOnceWhetherItLivesHasEndedOrIsForgotten() {
    SessionBed first = bed(10);
    SessionBed second = bed(100);
    var both = List.of(first.peer, second.peer);
    assertThat(traffic.with(both).bytesIn()).isEqualTo(118);
    assertThat(traffic.with(both).messagesIn()).isEqualTo(2);
    long limit = first.peer.statistics().maxQueuedBytes();
    assertThat(traffic.with(both).maxQueuedBytes()).isEqualTo(2 * limit);
    traffic.ended(first.peer);
    assertThat(traffic.with(both).bytesIn()).as("ended, not forgotten").isEqualTo(118);
    assertThat(traffic.with(List.of(second.peer)).bytesIn()).as("forgotten").isEqualTo(118);
    assertThat(traffic.with(both).maxQueuedBytes()).as("of those open now").isEqualTo(limit);
  }
}
