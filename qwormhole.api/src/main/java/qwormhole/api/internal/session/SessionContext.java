package qwormhole.api.internal.session;

import qwormhole.api.EndpointOptions;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * What the sessions of one endpoint share.
 *
 * @param options the endpoint's options
 * @param limits what bounds each of its connections
 * @param timers time
 * @param pool memory
 * @param guard sees to the tails of streams
 */
record SessionContext(
    EndpointOptions<?> options,
    SessionLimits limits,
    Timers timers,
    SegmentPool pool,
    StreamGuard guard) {

  /** Whether anybody listens: events are not made for nobody. */
  boolean observed() {
    return options.telemetry().isPresent();
  }

  /** Tells the telemetry listener; what it throws is logged. */
  void tell(TelemetryEvent event) {
    options
        .telemetry()
        .ifPresent(
            listener -> {
              try {
                listener.onEvent(event);
              } catch (RuntimeException | Error e) {
                Log.warnRepeated("telemetry", "telemetry listener threw " + e);
              }
            });
  }
}
