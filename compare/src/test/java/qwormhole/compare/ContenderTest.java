package qwormhole.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qwormhole.bench.baseline.BareWrites;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Workload;

/** Who is compared must be right; here both halves are in one process. */
class ContenderTest {

  @ParameterizedTest
  @CsvSource({"1,1", "64,1", "64,3", "65483,1", "300000,2"})
  void everyMessageArrivesOnceAndRight(int size, int clients) throws Exception {
    List<Contender> contenders = Contender.all();
    assertThat(contenders)
        .extracting(Contender::id)
        .containsExactly(
            "blocking", "netty-nio", "netty-epoll", "netty-nio-tuned", "netty-epoll-tuned");
    for (Contender contender : contenders) {
      for (Workload workload : List.of(Workload.STREAM, Workload.PINGPONG, Workload.PIPELINE)) {
        int depth = workload == Workload.PIPELINE ? 16 : 1;
        SideSpec spec = spec(contender.id(), workload, size, clients, depth);
        try (Sink server = (Sink) contender.server(spec);
            Driver client = (Driver) contender.client(spec.to("127.0.0.1", server.port(), ""))) {
          Counts right = Counts.right(200L * clients, size);
          for (int i = 0; i < 2; i++) {
            Counts before = server.counts();
            server.expect(200, Duration.ofSeconds(10));
            Round round = client.run(200);
            assertThat(round.confirmed()).as(contender.id() + " " + workload).isEqualTo(right);
            assertThat(server.counts().minus(before)).isEqualTo(right);
          }
        }
      }
    }
  }

  private static SideSpec spec(String id, Workload workload, int size, int clients, int depth) {
    return new SideSpec(
        id,
        workload,
        size,
        clients,
        depth,
        SendForm.SEND,
        Features.PLAIN,
        42,
        "127.0.0.1",
        0,
        "",
        true,
        BareWrites.DEFAULT_BYTES);
  }
}
