package qwormhole.api.internal.session;

import qwormhole.api.EndpointOptions;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.observe.NegentropyBudget;
import qwormhole.api.internal.observe.Telemetry;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * What the sessions of one endpoint share.
 *
 * @param options the endpoint's options
 * @param limits what bounds each of its connections
 * @param timers time
 * @param pool memory
 * @param guard sees to the tails of streams
 * @param telemetry whom events are told
 * @param sampling what bounds the samples of its connections together
 */
record SessionContext(
    EndpointOptions<?> options,
    SessionLimits limits,
    Timers timers,
    SegmentPool pool,
    StreamGuard guard,
    Telemetry telemetry,
    NegentropyBudget sampling) {
  private static final String PLATFORM =
      (System.getProperty("os.name") + "-" + System.getProperty("os.arch"))
          .toLowerCase(java.util.Locale.ROOT);
  private static final String JVM =
      System.getProperty("java.vm.name") + " " + Runtime.version().toString();

  SessionContext(
      EndpointOptions<?> options,
      SessionLimits limits,
      Timers timers,
      SegmentPool pool,
      StreamGuard guard) {
    this(
        options,
        limits,
        timers,
        pool,
        guard,
        new Telemetry(options.telemetry().orElse(null)),
        new NegentropyBudget(timers.nanoTime()));
  }

  /** Whether anybody watches: events are not made for nobody. */
  boolean observed() {
    return telemetry.observed();
  }

  /** Tells those who watch; what a listener throws is logged. */
  void tell(TelemetryEvent event) {
    telemetry.tell(event);
  }

  /** What new events come from. */
  Source source() {
    return telemetry.source();
  }

  /** A transport was opened and carries the endpoint's new connections. The first one was chosen. */
  void carriedBy(SelectedTransport selected) {
    boolean isFirst = source().mode().isEmpty();
    var report = selected.report();
    telemetry.source(
        new Source(
            report.side(),
            selected.isNative() ? "native" : "java",
            selected.id(),
            selected.mode(),
            PLATFORM,
            JVM,
            report.failures().isEmpty() ? "" : SafeText.of(report.failures())));
    if (!isFirst) {
      return;
    }
    tell(new TelemetryEvent.ProviderSelected(source(), report.rule()));
    if (!source().fallbackReason().isEmpty()) {
      tell(new TelemetryEvent.ProviderFallback(source(), source().fallbackReason()));
    }
  }
}
