package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.EntropyMetrics;
import qwormhole.api.handshake.Trust;
import qwormhole.api.handshake.TrustPolicy;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.NegentropyVector;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

class FlightTest {
  private static final Source SOURCE =
      new Source("server", "native", "lws", "native-lws", "p", "j", "other: missing");
  private static final ConnectionStatistics COUNTED =
      new ConnectionStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9);
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
  private static final Trust TRUST = new Trust(0.7, true, TrustPolicy.TRUST_LIGHT, false);

  private static final List<TelemetryEvent> ONE_OF_EACH =
      List.of(
          new TelemetryEvent.ProviderSelected(SOURCE, "rule"),
          new TelemetryEvent.ProviderFallback(SOURCE, "reason"),
          new TelemetryEvent.ProviderFailed(SOURCE, "m", ErrorCode.E_PROVIDER_FAILED, "d"),
          new TelemetryEvent.FailedOver(SOURCE, "native-lws", "java", "reason"),
          new TelemetryEvent.LoopBlocked(SOURCE, "l", Duration.ofMillis(750), "w"),
          new TelemetryEvent.Listening(SOURCE, ADDRESS),
          new TelemetryEvent.Reconnecting(SOURCE, 3, Duration.ofMillis(20)),
          new TelemetryEvent.Failed(SOURCE, 1, ErrorCode.E_CODEC, "d"),
          new TelemetryEvent.Closed(SOURCE),
          new TelemetryEvent.LinkOpened(SOURCE, 1, ADDRESS),
          new TelemetryEvent.HandshakeAccepted(SOURCE, 1, "1.0.0", true, Map.of()),
          new TelemetryEvent.HandshakeRejected(SOURCE, 1, ErrorCode.E_MAX_CLIENTS, "full"),
          new TelemetryEvent.Backpressure(SOURCE, 1, 100),
          new TelemetryEvent.Drain(SOURCE, 1, 10),
          new TelemetryEvent.Resumed(SOURCE, 2, 1),
          new TelemetryEvent.LinkClosed(SOURCE, 1, "peer", null, "bye", COUNTED),
          new TelemetryEvent.TrustSnapshot(
              SOURCE, 1, "orderly", "sid", Map.of("a", 1L), TRUST, EntropyMetrics.of(0.7), COUNTED),
          new TelemetryEvent.NegentropySample(
              SOURCE, 1, new NegentropyVector(0.1, 0.2, 0.3, 0.4), 2048),
          new TelemetryEvent.Intent(SOURCE, 1, "s", "i", "{}", "1", ScpSignature.VERIFIED),
          new TelemetryEvent.Revelation(SOURCE, 1, "s", "i", "{}", "1", ScpSignature.VERIFIED),
          new TelemetryEvent.State(
              SOURCE, 1, "s", "h", "m", 2, "w", "winner", "1", ScpSignature.UNCHECKED),
          new TelemetryEvent.Shard(
              SOURCE, 1, "i", "r", "{}", List.of("x"), "h", ScpSignature.ABSENT));

  @TempDir Path folder;

  @Test
  void everyKindOfEventHasItsFormInARecording() {
    List<Class<?>> kinds = new ArrayList<>(Flight.Forms.BY_KIND.keySet());
    assertThat(kinds).containsExactlyInAnyOrder(TelemetryEvent.class.getPermittedSubclasses());
    assertThat(ONE_OF_EACH.stream().<Class<?>>map(Object::getClass).toList())
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void aRecordingHoldsWhatIsToldInOneCategory() throws Exception {
    Path file = folder.resolve("test.jfr");
    Telemetry telemetry = new Telemetry(null);
    try (Recording recording = new Recording()) {
      recording.start();
      assertThat(telemetry.observed()).as("recording makes events").isTrue();
      ONE_OF_EACH.forEach(telemetry::tell);
      recording.stop();
      recording.dump(file);
    }
    assertThat(Files.size(file)).isPositive();
    List<RecordedEvent> recorded =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("qwormhole."))
            .toList();
    assertThat(recorded)
        .extracting(event -> event.getEventType().getName().replace("qwormhole.", ""))
        .containsExactlyInAnyOrderElementsOf(
            ONE_OF_EACH.stream().map(event -> event.getClass().getSimpleName()).toList());
    assertThat(recorded)
        .allSatisfy(
            event -> {
              assertThat(event.getEventType().getCategoryNames()).containsExactly("QWormhole");
              assertThat(event.getStackTrace()).isNull();
              assertThat(event.getString("side")).isEqualTo("server");
              assertThat(event.getString("transport")).isEqualTo("native");
              assertThat(event.getString("backend")).isEqualTo("lws");
              assertThat(event.getString("fallbackReason")).isEqualTo("other: missing");
            });
    RecordedEvent closed = named(recorded, "LinkClosed");
    assertThat(closed.getLong("connectionId")).isEqualTo(1);
    assertThat(closed.getLong("messagesIn")).isEqualTo(1);
    assertThat(closed.getLong("bytesOut")).isEqualTo(4);
    assertThat(closed.getLong("dropped")).isEqualTo(9);
    assertThat(closed.getString("code")).isNull();
    assertThat(named(recorded, "Reconnecting").getDuration("delay"))
        .isEqualTo(Duration.ofMillis(20));
    assertThat(named(recorded, "TrustSnapshot").getString("policy")).isEqualTo("trust-light");
    assertThat(named(recorded, "NegentropySample").getDouble("jitter")).isEqualTo(0.4);
  }

  private static RecordedEvent named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("qwormhole." + name))
        .findFirst()
        .orElseThrow();
  }
}
