package qwormhole.api.internal.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import qwormhole.api.telemetry.TelemetryEvent;

/** Providers and endpoints in a recording. */
final class EndpointFlight {
  private EndpointFlight() {}

  @Name("qwormhole.ProviderSelected")
  @Label("Provider Selected")
  @Description("A provider was chosen")
  static final class ProviderSelected extends FlightEvent {
    @Label("Rule")
    String rule;

    ProviderSelected(TelemetryEvent.ProviderSelected event) {
      super(event.source());
      rule = event.rule();
    }
  }

  @Name("qwormhole.ProviderFallback")
  @Label("Provider Fallback")
  @Description("Providers that came before the chosen one failed")
  static final class ProviderFallback extends FlightEvent {
    @Label("Reason")
    String reason;

    ProviderFallback(TelemetryEvent.ProviderFallback event) {
      super(event.source());
      reason = event.reason();
    }
  }

  @Name("qwormhole.ProviderFailed")
  @Label("Provider Failed")
  @Description("A provider that carried bytes has died")
  static final class ProviderFailed extends FlightEvent {
    @Label("Mode")
    String mode;

    @Label("Code")
    String code;

    @Label("Detail")
    String detail;

    ProviderFailed(TelemetryEvent.ProviderFailed event) {
      super(event.source());
      mode = event.mode();
      code = name(event.code());
      detail = event.detail();
    }
  }

  @Name("qwormhole.FailedOver")
  @Label("Failed Over")
  @Description("Another provider has taken over")
  static final class FailedOver extends FlightEvent {
    @Label("From Mode")
    String fromMode;

    @Label("To Mode")
    String toMode;

    @Label("Reason")
    String reason;

    FailedOver(TelemetryEvent.FailedOver event) {
      super(event.source());
      fromMode = event.fromMode();
      toMode = event.toMode();
      reason = event.reason();
    }
  }

  @Name("qwormhole.LoopBlocked")
  @Label("Loop Blocked")
  @Description("A handler keeps a loop thread from its work")
  static final class LoopBlocked extends FlightEvent {
    @Label("Loop")
    String loop;

    @Label("Since")
    @Timespan(Timespan.NANOSECONDS)
    long since;

    @Label("Where")
    String where;

    LoopBlocked(TelemetryEvent.LoopBlocked event) {
      super(event.source());
      loop = event.loop();
      since = event.since().toNanos();
      where = event.where();
    }
  }

  @Name("qwormhole.Listening")
  @Label("Listening")
  @Description("A server accepts connections")
  static final class Listening extends FlightEvent {
    @Label("Address")
    String address;

    Listening(TelemetryEvent.Listening event) {
      super(event.source());
      address = String.valueOf(event.address());
    }
  }

  @Name("qwormhole.Reconnecting")
  @Label("Reconnecting")
  @Description("A client will try again")
  static final class Reconnecting extends FlightEvent {
    @Label("Attempt")
    int attempt;

    @Label("Delay")
    @Timespan(Timespan.NANOSECONDS)
    long delay;

    Reconnecting(TelemetryEvent.Reconnecting event) {
      super(event.source());
      attempt = event.attempt();
      delay = event.delay().toNanos();
    }
  }

  @Name("qwormhole.Failed")
  @Label("Failed")
  @Description("Something failed; of a connection, or of the endpoint where that is 0")
  static final class Failed extends FlightEvent.OfConnection {
    @Label("Code")
    String code;

    @Label("Detail")
    String detail;

    Failed(TelemetryEvent.Failed event) {
      super(event.source(), event.connectionId());
      code = name(event.code());
      detail = event.detail();
    }
  }

  @Name("qwormhole.Closed")
  @Label("Endpoint Closed")
  @Description("The endpoint has closed")
  static final class Closed extends FlightEvent {
    Closed(TelemetryEvent.Closed event) {
      super(event.source());
    }
  }
}
