package qwormhole.api.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientStatistics;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerStatistics;
import qwormhole.api.telemetry.ConnectionStatistics;

class QWormholeMetricsTest {
  private static final ConnectionStatistics TRAFFIC =
      new ConnectionStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Object statistics;

  /** An endpoint that knows nothing but its present statistics. */
  private <E> E endpoint(Class<E> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "statistics" -> statistics;
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new AssertionError(method);
                }));
  }

  private double value(String name, String... tags) {
    var meter = registry.get(name).tags(tags).meter();
    return meter.measure().iterator().next().getValue();
  }

  @Test
  void aServersCountersAreMeters() {
    QWormholeServer<?> server = endpoint(QWormholeServer.class);
    statistics = new ServerStatistics(10, 11, 12, 13, null, TRAFFIC);
    QWormholeMetrics.of(server, Tags.of("name", "ingress")).bindTo(registry);
    assertThat(registry.getMeters())
        .hasSize(13)
        .allSatisfy(
            meter -> {
              assertThat(meter.getId().getTag("side")).isEqualTo("server");
              assertThat(meter.getId().getTag("name")).isEqualTo("ingress");
            });
    assertThat(value("qwormhole.connections")).isEqualTo(10);
    assertThat(value("qwormhole.connections.pending")).isEqualTo(11);
    assertThat(value("qwormhole.handshakes", "result", "accepted")).isEqualTo(12);
    assertThat(value("qwormhole.handshakes", "result", "rejected")).isEqualTo(13);
    assertTraffic();

    statistics = new ServerStatistics(9, 11, 12, 14, null, TRAFFIC.plus(TRAFFIC));
    assertThat(value("qwormhole.connections")).as("read when asked").isEqualTo(9);
    assertThat(value("qwormhole.bytes", "direction", "out")).isEqualTo(8);
  }

  @Test
  void aClientsCountersAreMeters() {
    QWormholeClient<?> client = endpoint(QWormholeClient.class);
    statistics = new ClientStatistics(QWormholeClient.State.READY, 3, null, TRAFFIC);
    QWormholeMetrics.of(client, Tags.empty()).bindTo(registry);
    assertThat(registry.getMeters())
        .hasSize(11)
        .allMatch(meter -> "client".equals(meter.getId().getTag("side")));
    assertThat(value("qwormhole.connections")).isEqualTo(1);
    assertThat(value("qwormhole.reconnects")).isEqualTo(3);
    assertTraffic();
    statistics = new ClientStatistics(QWormholeClient.State.RECONNECTING, 4, null, TRAFFIC);
    assertThat(value("qwormhole.connections")).isZero();
  }

  private void assertTraffic() {
    Map<String, Double> byName =
        Map.of(
            "qwormhole.sends.refused", 7.0,
            "qwormhole.messages.dropped", 9.0,
            "qwormhole.writes", 8.0,
            "qwormhole.queue", 5.0,
            "qwormhole.queue.limit", 6.0);
    byName.forEach((name, expected) -> assertThat(value(name)).as(name).isEqualTo(expected));
    assertThat(value("qwormhole.messages", "direction", "in")).isEqualTo(1);
    assertThat(value("qwormhole.messages", "direction", "out")).isEqualTo(2);
    assertThat(value("qwormhole.bytes", "direction", "in")).isEqualTo(3);
    assertThat(value("qwormhole.bytes", "direction", "out")).isEqualTo(4);
  }
}
