package qwormhole.api.telemetry;

/**
 * Takes telemetry. Called on the thread where the event happened, often a loop: return at once. Calls
 * may come from several threads at a time; the events of one connection's life come in order. What it
 * throws is logged, at most once in ten seconds, and otherwise ignored.
 */
@FunctionalInterface
public interface TelemetryListener {

  /** Something happened. */
  void onEvent(TelemetryEvent event);
}
