package qwormhole.api.internal.observe;

import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryListener;

/**
 * The one way of an endpoint's events to those who watch: its listener, if it has one, and the flight
 * recorder while one runs. Any thread.
 */
public final class Telemetry {
  private final TelemetryListener listener;
  private volatile Source source = new Source("", "", "", "", "", "", "");

  /**
   * The way of one endpoint.
   *
   * @param listener may be null
   */
  public Telemetry(TelemetryListener listener) {
    this.listener = listener;
  }

  /** Whether anybody watches: events are not made for nobody. */
  public boolean observed() {
    return listener != null || Flight.isRecorded();
  }

  /** What the endpoint's new events come from; all empty before a transport is chosen. */
  public Source source() {
    return source;
  }

  /** Another transport carries the bytes from now on. */
  public void source(Source next) {
    source = next;
  }

  /** Tells all who watch; what the listener throws is logged. */
  public void tell(TelemetryEvent event) {
    try {
      Flight.record(event);
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("flight", "an event could not be recorded: " + e);
    }
    if (listener != null) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        Log.warnRepeated("telemetry", "telemetry listener threw " + e);
      }
    }
  }
}
