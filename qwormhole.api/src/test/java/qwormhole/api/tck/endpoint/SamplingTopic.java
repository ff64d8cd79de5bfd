package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeServer;
import qwormhole.api.telemetry.TelemetryEvent;

/** Negentropy samples of what peers send. */
interface SamplingTopic extends Topic {

  @Test
  default void trafficIsSampledWhereThatIsAskedFor() throws Exception {
    Inbox<TelemetryEvent> told = new Inbox<>("telemetry");
    QWormholeServer<byte[]> server =
        stage()
            .listen(
                stage()
                    .server(Bytes.CODEC)
                    .negentropyInterval(Duration.ofMillis(100))
                    .telemetry(told::add),
                new ServerTrace<>());
    WirePeer peer = stage().dial(server).legacy();
    byte[] constant = Wire.frame(new byte[256]);
    Deadline.until(
        "two samples, the second of messages only",
        () -> {
          peer.write(constant);
          return samples(told).size() >= 2;
        });
    var last = samples(told).get(samples(told).size() - 1);
    assertThat(last.connectionId()).isEqualTo(1);
    assertThat(last.sampledBytes()).isBetween(256, 2048);
    assertThat(last.vector().shannon()).isZero();
    assertThat(last.vector().spectral()).isZero();
    assertThat(last.vector().kolmogorov()).isLessThan(0.1);
    assertThat(last.vector().jitter()).isBetween(0.0, 1.0);
  }

  private static List<TelemetryEvent.NegentropySample> samples(Inbox<TelemetryEvent> told) {
    return told.all().stream()
        .filter(TelemetryEvent.NegentropySample.class::isInstance)
        .map(TelemetryEvent.NegentropySample.class::cast)
        .toList();
  }
}
