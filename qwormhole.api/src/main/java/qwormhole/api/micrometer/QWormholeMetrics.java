package qwormhole.api.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import qwormhole.api.ClientStatistics;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * Binds an endpoint's {@code statistics()} to a Micrometer registry: {@code
 * QWormholeMetrics.of(server, Tags.of("name", "ingress")).bindTo(registry)}. Meters are read when the
 * registry is; nothing is counted twice. The registry does not keep the endpoint alive.
 *
 * <p>Needs the module {@code micrometer.core}, which this library does not bring: an application that
 * uses this class requires it. All meters have the tag {@code side}; give two endpoints of one side a
 * tag that tells them apart.
 */
@SuppressWarnings("exports") // who uses it reads micrometer.core; who does not must not have to
public final class QWormholeMetrics {
  private QWormholeMetrics() {}

  /** Meters of a server. */
  public static MeterBinder of(QWormholeServer<?> server, Tags tags) {
    Objects.requireNonNull(server, "server");
    Tags all = tags.and("side", "server");
    return registry -> {
      Meters<QWormholeServer<?>> meters = new Meters<>(registry, server, all);
      meters.gauge("connections", null, s -> s.statistics().connections());
      meters.gauge("connections.pending", null, s -> s.statistics().pending());
      meters.count("handshakes", "result", "accepted", s -> s.statistics().accepted());
      meters.count("handshakes", "result", "rejected", s -> s.statistics().rejected());
      meters.traffic(s -> s.statistics().traffic());
    };
  }

  /** Meters of a client. */
  public static MeterBinder of(QWormholeClient<?> client, Tags tags) {
    Objects.requireNonNull(client, "client");
    Tags all = tags.and("side", "client");
    return registry -> {
      Meters<QWormholeClient<?>> meters = new Meters<>(registry, client, all);
      meters.gauge("connections", null, c -> isReady(c.statistics()) ? 1 : 0);
      meters.count("reconnects", null, null, c -> c.statistics().reconnects());
      meters.traffic(c -> c.statistics().traffic());
    };
  }

  private static boolean isReady(ClientStatistics statistics) {
    return statistics.state() == QWormholeClient.State.READY;
  }

  /** Registers meters of one endpoint. */
  private record Meters<E>(MeterRegistry registry, E endpoint, Tags tags) {

    /** Reads the traffic of an endpoint. */
    interface TrafficOf<E> {
      ConnectionStatistics of(E endpoint);
    }

    void traffic(TrafficOf<E> traffic) {
      count("messages", "direction", "in", e -> traffic.of(e).messagesIn());
      count("messages", "direction", "out", e -> traffic.of(e).messagesOut());
      bytes("in", e -> traffic.of(e).bytesIn());
      bytes("out", e -> traffic.of(e).bytesOut());
      count("sends.refused", null, null, e -> traffic.of(e).refused());
      count("messages.dropped", null, null, e -> traffic.of(e).dropped());
      count("writes", null, null, e -> traffic.of(e).writes());
      gauge("queue", BaseUnits.BYTES, e -> traffic.of(e).queuedBytes());
      gauge("queue.limit", BaseUnits.BYTES, e -> traffic.of(e).maxQueuedBytes());
    }

    private void bytes(String direction, ToDoubleFunction<E> value) {
      FunctionCounter.builder("qwormhole.bytes", endpoint, value)
          .tags(tags.and("direction", direction))
          .baseUnit(BaseUnits.BYTES)
          .register(registry);
    }

    private void count(String name, String tag, String tagValue, ToDoubleFunction<E> value) {
      FunctionCounter.builder("qwormhole." + name, endpoint, value)
          .tags(tag == null ? tags : tags.and(tag, tagValue))
          .register(registry);
    }

    private void gauge(String name, String unit, ToDoubleFunction<E> value) {
      Gauge.builder("qwormhole." + name, endpoint, value)
          .tags(tags)
          .baseUnit(unit)
          .register(registry);
    }
  }
}
