package qwormhole.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Specs;
import qwormhole.bench.load.Workload;
import qwormhole.bench.wormhole.WormholeSides;

/** A client that shares no code with the bench's own is counted to the message by the bench's servers. */
class PlainStreamTest {
  private static final int SIZE = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void theBareServerCountsWhatItSent() throws IOException {
    try (BareServer server = new BareServer(Specs.of(Workload.STREAM, SIZE))) {
      assertCounted(server, false);
    }
  }

  @Test
  void theServerOfQWormholeCountsWhatItSent() throws IOException {
    SideSpec spec = Specs.of(Workload.STREAM, SIZE).withContender("java");
    try (Sink server = (Sink) WormholeSides.server(spec)) {
      assertCounted(server, true);
    }
  }

  private static void assertCounted(Sink server, boolean handshake) throws IOException {
    try (PlainStream client = new PlainStream(SideSpec.LOOPBACK, server.port(), SIZE, handshake)) {
      long total = 0;
      for (long messages : new long[] {1, 64, 30_000}) {
        server.expect(messages, PATIENCE);
        PlainStream.Seen seen = client.send(messages, PATIENCE);
        total += messages;
        assertThat(seen.received()).isEqualTo(total);
        assertThat(seen.right()).isEqualTo(total);
        assertThat(seen.nanos()).isPositive();
        assertThat(server.counts()).isEqualTo(Counts.right(total, SIZE));
      }
    }
  }
}
