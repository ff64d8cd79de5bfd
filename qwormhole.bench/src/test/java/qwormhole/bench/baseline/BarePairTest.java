package qwormhole.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Specs;
import qwormhole.bench.load.Workload;

/** The yardstick itself must be right; here both halves are in one process. */
class BarePairTest {

  @ParameterizedTest
  @CsvSource({"1,1", "64,1", "64,3", "65479,1", "65483,1", "65536,2", "300000,1"})
  void everyMessageArrivesOnceAndRight(int size, int clients) throws IOException {
    for (Workload workload : Specs.bareWorkloads()) {
      int messages = 200;
      SideSpec spec = Specs.of(workload, size, clients, 7);
      try (BareServer server = new BareServer(spec);
          BareClient client = new BareClient(spec.to(spec.host(), server.port(), ""))) {
        Counts right = Counts.right((long) messages * clients, size);
        for (int i = 0; i < 2; i++) {
          Counts before = server.counts();
          server.expect(messages, Duration.ofSeconds(10));
          Round round = client.run(messages);
          assertThat(round.sent()).isEqualTo(right.received());
          assertThat(round.confirmed()).isEqualTo(right);
          assertThat(server.counts().minus(before)).isEqualTo(right);
        }
      }
    }
  }
}
