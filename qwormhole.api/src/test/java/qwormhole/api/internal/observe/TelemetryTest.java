package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

class TelemetryTest {
  private static final TelemetryEvent EVENT =
      new TelemetryEvent.Closed(new Source("client", "java", "java", "java", "p", "j", ""));

  @Test
  void aListenerGetsTheEventItself() {
    List<TelemetryEvent> told = new ArrayList<>();
    Telemetry telemetry = new Telemetry(told::add);
    assertThat(telemetry.observed()).isTrue();
    telemetry.tell(EVENT);
    assertThat(told).singleElement().isSameAs(EVENT);
  }

  @Test
  void whatAListenerThrowsHurtsNobody() {
    int[] calls = {0};
    Telemetry telemetry =
        new Telemetry(
            event -> {
              calls[0]++;
              throw new StackOverflowError("on purpose");
            });
    telemetry.tell(EVENT);
    telemetry.tell(EVENT);
    assertThat(calls[0]).isEqualTo(2);
  }
}
