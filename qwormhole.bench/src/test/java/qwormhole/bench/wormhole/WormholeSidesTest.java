package qwormhole.bench.wormhole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Workload;

/** Each workload over the Java transport, both halves in this process: every message once and right. */
class WormholeSidesTest {
  private static final Features TLS = new Features(false, false, true);
  private static final Features SIGNED = new Features(true, false, false);

  @ParameterizedTest
  @CsvSource({
    "STREAM, SEND, 1024, 2, 1, 2000",
    "STREAM, BATCH, 64, 1, 1, 20000",
    "STREAM, TRY, 100000, 1, 1, 500",
    "STREAM, SEND, 1, 1, 1, 3000",
    "PINGPONG, SEND, 64, 2, 1, 200",
    "PIPELINE, SEND, 64, 4, 32, 3000",
    "PIPELINE, SEND, 1, 1, 1, 500",
    "PIPELINE, SEND, 100000, 2, 200, 400",
    "BROADCAST, SEND, 1024, 8, 1, 2000",
    "BROADCAST, SEND, 300000, 3, 1, 100",
    "BULK, SEND, 1048576, 1, 1, 40",
  })
  void everyMessageArrivesOnceAndRight(
      Workload workload, SendForm send, int size, int clients, int depth, long messages)
      throws IOException {
    SideSpec spec = spec(workload, send, size, clients, depth);
    Counts right = Counts.right(messages * clients, size);
    try (Side server = WormholeSides.server(spec);
        Side client =
            WormholeSides.client(spec.to(spec.host(), server.port(), server.certificate()))) {
      Sink sink = (Sink) (workload.isServerDriven() ? client : server);
      Driver driver = (Driver) (workload.isServerDriven() ? server : client);
      for (int i = 0; i < 2; i++) {
        sink.expect(messages, Limits.OPEN);
        Counts before = sink.counts();
        Round round = driver.run(messages);
        assertThat(round.sent()).isEqualTo(right.received());
        assertThat(round.confirmed()).isEqualTo(right);
        assertThat(sink.counts().minus(before)).isEqualTo(right);
        if (workload.isEcho()) {
          assertThat(round.latency().getTotalCount()).isEqualTo(messages * clients);
        } else if (size > 16) {
          assertThat(sink.oneWay().getTotalCount()).isPositive();
        }
      }
      assertThat(server.mode()).isEqualTo("java");
    }
  }

  @Test
  void connectionsAreOpenedLeftIdleAndReleased() throws IOException {
    SideSpec spec = spec(Workload.CONNECT, SendForm.SEND, 0, 40, 8);
    try (Side server = WormholeSides.server(spec);
        Side client =
            WormholeSides.client(spec.to(spec.host(), server.port(), server.certificate()))) {
      Sink sink = (Sink) server;
      Driver driver = (Driver) client;
      for (int i = 0; i < 2; i++) {
        sink.expect(40, Limits.OPEN);
        Counts before = sink.counts();
        Round round = driver.run(40);
        assertThat(round.confirmed()).isEqualTo(Counts.right(40, 0));
        sink.settle(Limits.OPEN);
        assertThat(sink.counts().minus(before)).isEqualTo(Counts.right(40, 0));
        assertThat(round.latency().getTotalCount()).isEqualTo(40);
        driver.release();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Workload.class,
      names = {"STREAM", "PINGPONG", "PIPELINE", "BROADCAST", "BULK"})
  void everyMessageArrivesWithAllFeaturesOn(Workload workload) throws IOException {
    int size = workload == Workload.BULK ? 1 << 20 : 1000;
    SideSpec spec = spec(workload, SendForm.SEND, size, 2, 4, new Features(true, true, true));
    Counts right = Counts.right(100, size);
    try (Side server = WormholeSides.server(spec);
        Side client =
            WormholeSides.client(spec.to(spec.host(), server.port(), server.certificate()))) {
      Sink sink = (Sink) (workload.isServerDriven() ? client : server);
      Driver driver = (Driver) (workload.isServerDriven() ? server : client);
      sink.expect(50, Limits.OPEN);
      assertThat(driver.run(50).confirmed()).isEqualTo(right);
      assertThat(sink.counts()).isEqualTo(right);
    }
  }

  @Test
  void aServerOverTlsIsReachedWithItsCertificateOnly() throws IOException {
    SideSpec spec = spec(Workload.CONNECT, SendForm.SEND, 0, 4, 2, TLS);
    try (Side server = WormholeSides.server(spec);
        Side other = WormholeSides.server(spec);
        Side client =
            WormholeSides.client(spec.to(spec.host(), server.port(), server.certificate()));
        Side misled =
            WormholeSides.client(spec.to(spec.host(), server.port(), other.certificate()))) {
      ((Sink) server).expect(4, Limits.OPEN);
      assertThat(((Driver) client).run(4).confirmed()).isEqualTo(Counts.right(4, 0));
      assertThatThrownBy(() -> ((Driver) misled).run(1)).hasMessageContaining("E_TLS");
      SideSpec plain = spec(Workload.CONNECT, SendForm.SEND, 0, 1, 1, Features.PLAIN);
      try (Side unencrypted = WormholeSides.client(plain.to(plain.host(), server.port(), ""))) {
        assertThatThrownBy(() -> ((Driver) unencrypted).run(1)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aCertificateThatIsNoneIsRefused() {
    SideSpec spec = spec(Workload.CONNECT, SendForm.SEND, 0, 1, 1, TLS);
    for (String text : List.of("", "no base64!", "AAAA")) {
      assertThatThrownBy(() -> WormholeSides.client(spec.to(spec.host(), 1, text)))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessage("the server's certificate cannot be read");
    }
  }

  @Test
  void signedConnectionsAreOpenedAndUnsignedOnesRefused() throws IOException {
    SideSpec spec = spec(Workload.CONNECT, SendForm.SEND, 0, 10, 4, SIGNED);
    try (Side server = WormholeSides.server(spec);
        Side signing =
            WormholeSides.client(spec.to(spec.host(), server.port(), server.certificate()))) {
      ((Sink) server).expect(10, Limits.OPEN);
      assertThat(((Driver) signing).run(10).confirmed()).isEqualTo(Counts.right(10, 0));
      SideSpec unsigned = spec(Workload.CONNECT, SendForm.SEND, 0, 1, 1, Features.PLAIN);
      try (Side silent = WormholeSides.client(unsigned.to(unsigned.host(), server.port(), ""))) {
        assertThatThrownBy(() -> ((Driver) silent).run(1)).isInstanceOf(IOException.class);
      }
    }
  }

  private static SideSpec spec(Workload workload, SendForm send, int size, int clients, int depth) {
    return spec(workload, send, size, clients, depth, Features.PLAIN);
  }

  private static SideSpec spec(
      Workload workload, SendForm send, int size, int clients, int depth, Features features) {
    return new SideSpec(
        "java",
        workload,
        size,
        clients,
        depth,
        send,
        features,
        1,
        SideSpec.LOOPBACK,
        0,
        "",
        true,
        65_483);
  }
}
