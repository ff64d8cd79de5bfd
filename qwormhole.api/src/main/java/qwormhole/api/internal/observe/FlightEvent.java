package qwormhole.api.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.Source;

/**
 * What all events in a recording say. Platform and JVM are not repeated: each recording has them in
 * {@code jdk.OSInformation} and {@code jdk.JVMInformation}.
 */
@Category("QWormhole")
@StackTrace(false)
abstract class FlightEvent extends Event {
  @Label("Side")
  String side;

  @Label("Transport")
  String transport;

  @Label("Backend")
  String backend;

  @Label("Fallback Reason")
  String fallbackReason;

  FlightEvent(Source source) {
    side = source.side();
    transport = source.transport();
    backend = source.backend();
    fallbackReason = source.fallbackReason();
  }

  /** The code's name; a recording shows an orderly end as null. */
  static String name(ErrorCode code) {
    return code == null ? null : code.name();
  }

  /** Of one connection. */
  abstract static class OfConnection extends FlightEvent {
    @Label("Connection")
    long connectionId;

    OfConnection(Source source, long connectionId) {
      super(source);
      this.connectionId = connectionId;
    }
  }
}
