package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.Framing;
import qwormhole.api.telemetry.TelemetryEvent;

/** Messages that are looked at before they are delivered. */
class MessageTapTest {
  private static final String INVALID = "{\"type\":\"intent\"}";
  private static final String VALID = "{\"type\":\"state\",\"sid\":\"a\",\"ts\":1,\"sig\":\"x\"}";

  private final List<TelemetryEvent> events = new ArrayList<>();
  private final ManualTimers timers = new ManualTimers();

  private SessionBed open(ClientOptions.Builder<ByteBuffer> options) {
    SessionBed bed = new SessionBed(options.telemetry(events::add).build(), timers);
    bed.open(new FakeLink(), false);
    events.clear();
    return bed;
  }

  private static void receive(SessionBed bed, String... messages) {
    for (String message : messages) {
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      bed.session.onBytes(
          ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text).flip());
    }
  }

  @Test
  void byDefaultAnScpMessageIsAMessageLikeAnyOther() {
    SessionBed bed = open(SessionBed.options());
    receive(bed, INVALID, VALID);
    assertThat(bed.told).endsWith("message " + INVALID, "message " + VALID);
    assertThat(events).isEmpty();
  }

  @Test
  void anInvalidMessageIsReportedAndCountedButNotDelivered() {
    SessionBed bed = open(SessionBed.options().observeScp(true));
    receive(bed, INVALID, VALID);
    assertThat(bed.told).endsWith("error E_INVALID_SCP", "message " + VALID);
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Failed", "State");
    assertThat(bed.peer.statistics().messagesIn()).isEqualTo(1);
    assertThat(bed.peer.statistics().dropped()).isEqualTo(1);
  }

  @Test
  void whatEndpointsWithoutObserversDoNotTellTheyCheckAllTheSame() {
    SessionBed bed = new SessionBed(SessionBed.options().observeScp(true).build(), timers);
    bed.open(new FakeLink(), false);
    receive(bed, INVALID, VALID);
    assertThat(bed.told).endsWith("error E_INVALID_SCP", "message " + VALID);
  }

  @Test
  void aStreamWithoutFramesIsNotLookedAt() {
    SessionBed bed = open(SessionBed.options().framing(Framing.NONE).observeScp(true));
    bed.session.onBytes(ByteBuffer.wrap(INVALID.getBytes(StandardCharsets.UTF_8)));
    assertThat(bed.told).endsWith("message " + INVALID);
  }

  @Test
  void trafficIsSampledAtItsInterval() {
    SessionBed bed = open(SessionBed.options().negentropyInterval(Duration.ofSeconds(1)));
    String message = "x".repeat(100);
    receive(bed, message);
    assertThat(events).isEmpty();
    timers.advance(Duration.ofSeconds(1).toNanos());
    receive(bed, message, message);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TelemetryEvent.NegentropySample.class,
            sample -> {
              assertThat(sample.connectionId()).isEqualTo(7);
              assertThat(sample.sampledBytes()).isEqualTo(200);
              assertThat(sample.vector().shannon()).isZero();
            });
  }
}
