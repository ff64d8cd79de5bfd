package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.codec.Codec;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/** What the events of an endpoint come from. */
class SessionContextTest {
  private final List<TelemetryEvent> told = new ArrayList<>();
  private final SessionContext context = context();

  private SessionContext context() {
    var options = ClientOptions.builder(Codec.bytes()).port(1).telemetry(told::add).build();
    return new SessionContext(
        options,
        SessionLimits.of(options),
        new ManualTimers(),
        new SegmentPool(1 << 20),
        new StreamGuard(Thread::new));
  }

  private static SelectedTransport selected(String id, String failed, String why) {
    boolean isNative = !id.equals("java");
    String mode = isNative ? "native-" + id : id;
    List<Candidate> candidates = new ArrayList<>();
    if (failed != null) {
      candidates.add(new Candidate(failed, 10, true, Outcome.FAILED, why, null));
    }
    candidates.add(new Candidate(id, 0, isNative, Outcome.SELECTED, "", null));
    return new SelectedTransport(
        id, isNative, null, mode, new ProviderReport("client", mode, "the rule", candidates));
  }

  @Test
  void aSelectionIsToldWithWhatItCameTo() {
    context.carriedBy(selected("lws", null, null));
    Source source = context.source();
    assertThat(source.side()).isEqualTo("client");
    assertThat(source.transport()).isEqualTo("native");
    assertThat(source.backend()).isEqualTo("lws");
    assertThat(source.mode()).isEqualTo("native-lws");
    assertThat(source.fallbackReason()).isEmpty();
    assertThat(told).containsExactly(new TelemetryEvent.ProviderSelected(source, "the rule"));
  }

  @Test
  void aFallbackIsToldWithItsReasonWhichAllEventsKeep() {
    context.carriedBy(selected("java", "lws", "no library\n${jndi:x}"));
    Source source = context.source();
    assertThat(source.transport()).isEqualTo("java");
    assertThat(source.fallbackReason()).isEqualTo("lws: no library\\u000a$\\{jndi:x}");
    assertThat(told)
        .containsExactly(
            new TelemetryEvent.ProviderSelected(source, "the rule"),
            new TelemetryEvent.ProviderFallback(source, source.fallbackReason()));
  }

  @Test
  void aSuccessorIsWhatNewEventsComeFrom() {
    context.carriedBy(selected("lws", null, null));
    context.carriedBy(selected("java", "lws", "failed before"));
    assertThat(told).as("a failover is told by the endpoint").hasSize(1);
    assertThat(context.source().backend()).isEqualTo("java");
    assertThat(context.source().fallbackReason()).isEqualTo("lws: failed before");
  }
}
