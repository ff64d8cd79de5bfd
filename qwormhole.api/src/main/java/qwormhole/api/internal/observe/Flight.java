package qwormhole.api.internal.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.FlightRecorder;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Writes telemetry into the JVM's flight recordings: one event type for each kind of telemetry event,
 * all of the category {@code QWormhole}. Where there was never a recording it costs one field read.
 */
final class Flight {
  private Flight() {}

  /** Whether there is or was a recording: only then event types are loaded at all. */
  static boolean isRecorded() {
    return FlightRecorder.isInitialized();
  }

  static void record(TelemetryEvent event) {
    if (isRecorded()) {
      Forms.BY_KIND.get(event.getClass()).apply(event).commit();
    }
  }

  /** How each kind looks in a recording. */
  static final class Forms {
    static final Map<Class<?>, Function<TelemetryEvent, FlightEvent>> BY_KIND = byKind();

    private Forms() {}

    private static Map<Class<?>, Function<TelemetryEvent, FlightEvent>> byKind() {
      Map<Class<?>, Function<TelemetryEvent, FlightEvent>> forms = new HashMap<>();
      put(forms, TelemetryEvent.ProviderSelected.class, EndpointFlight.ProviderSelected::new);
      put(forms, TelemetryEvent.ProviderFallback.class, EndpointFlight.ProviderFallback::new);
      put(forms, TelemetryEvent.ProviderFailed.class, EndpointFlight.ProviderFailed::new);
      put(forms, TelemetryEvent.FailedOver.class, EndpointFlight.FailedOver::new);
      put(forms, TelemetryEvent.LoopBlocked.class, EndpointFlight.LoopBlocked::new);
      put(forms, TelemetryEvent.Listening.class, EndpointFlight.Listening::new);
      put(forms, TelemetryEvent.Reconnecting.class, EndpointFlight.Reconnecting::new);
      put(forms, TelemetryEvent.Failed.class, EndpointFlight.Failed::new);
      put(forms, TelemetryEvent.Closed.class, EndpointFlight.Closed::new);
      put(forms, TelemetryEvent.LinkOpened.class, ConnectionFlight.LinkOpened::new);
      put(forms, TelemetryEvent.HandshakeAccepted.class, ConnectionFlight.HandshakeAccepted::new);
      put(forms, TelemetryEvent.HandshakeRejected.class, ConnectionFlight.HandshakeRejected::new);
      put(forms, TelemetryEvent.Resumed.class, ConnectionFlight.Resumed::new);
      put(forms, TelemetryEvent.Backpressure.class, ConnectionFlight.Backpressure::new);
      put(forms, TelemetryEvent.Drain.class, ConnectionFlight.Drain::new);
      put(forms, TelemetryEvent.LinkClosed.class, ConnectionFlight.LinkClosed::new);
      put(forms, TelemetryEvent.TrustSnapshot.class, PeerFlight.TrustSnapshot::new);
      put(forms, TelemetryEvent.NegentropySample.class, PeerFlight.NegentropySample::new);
      put(forms, TelemetryEvent.Intent.class, PeerFlight.Intent::new);
      put(forms, TelemetryEvent.Revelation.class, PeerFlight.Revelation::new);
      put(forms, TelemetryEvent.State.class, PeerFlight.State::new);
      put(forms, TelemetryEvent.Shard.class, PeerFlight.Shard::new);
      return forms;
    }

    private static <E extends TelemetryEvent> void put(
        Map<Class<?>, Function<TelemetryEvent, FlightEvent>> forms,
        Class<E> kind,
        Function<E, FlightEvent> form) {
      forms.put(kind, event -> form.apply(kind.cast(event)));
    }
  }
}
