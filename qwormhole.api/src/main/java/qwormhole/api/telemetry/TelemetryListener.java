package qwormhole.api.telemetry;

/**
 * Takes telemetry. Called on the thread where the event happened, often a loop: return at once. What
 * it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface TelemetryListener {

  /** Something happened. */
  void onEvent(TelemetryEvent event);
}
