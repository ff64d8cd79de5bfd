package qwormhole.api.internal.observe;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/** Connections in a recording. */
final class ConnectionFlight {
  private ConnectionFlight() {}

  @Name("qwormhole.LinkOpened")
  @Label("Link Opened")
  @Description("A transport connection was opened")
  static final class LinkOpened extends FlightEvent.OfConnection {
    @Label("Remote Address")
    String remote;

    LinkOpened(TelemetryEvent.LinkOpened event) {
      super(event.source(), event.connectionId());
      remote = String.valueOf(event.remote());
    }
  }

  @Name("qwormhole.HandshakeAccepted")
  @Label("Handshake Accepted")
  static final class HandshakeAccepted extends FlightEvent.OfConnection {
    @Label("Version")
    String version;

    @Label("Negotiated")
    boolean negotiated;

    @Label("Claims")
    @Description("Members of the handshake beyond the protocol's own")
    String claims;

    HandshakeAccepted(TelemetryEvent.HandshakeAccepted event) {
      super(event.source(), event.connectionId());
      version = event.version();
      negotiated = event.negotiated();
      claims = event.claims().toString();
    }
  }

  @Name("qwormhole.HandshakeRejected")
  @Label("Handshake Rejected")
  static final class HandshakeRejected extends FlightEvent.OfConnection {
    @Label("Code")
    String code;

    @Label("Reason")
    String reason;

    HandshakeRejected(TelemetryEvent.HandshakeRejected event) {
      super(event.source(), event.connectionId());
      code = name(event.code());
      reason = event.reason();
    }
  }

  @Name("qwormhole.Resumed")
  @Label("Resumed")
  @Description("A resumable session whose link was lost goes on over another one")
  static final class Resumed extends FlightEvent.OfConnection {
    @Label("Resumed Connection")
    long resumedId;

    Resumed(TelemetryEvent.Resumed event) {
      super(event.source(), event.connectionId());
      resumedId = event.resumedId();
    }
  }

  @Name("qwormhole.Backpressure")
  @Label("Backpressure")
  @Description("An outbound buffer is full")
  static final class Backpressure extends FlightEvent.OfConnection {
    @Label("Queued")
    @DataAmount
    long queuedBytes;

    Backpressure(TelemetryEvent.Backpressure event) {
      super(event.source(), event.connectionId());
      queuedBytes = event.queuedBytes();
    }
  }

  @Name("qwormhole.Drain")
  @Label("Drain")
  @Description("An outbound buffer is below half of its limit again")
  static final class Drain extends FlightEvent.OfConnection {
    @Label("Queued")
    @DataAmount
    long queuedBytes;

    Drain(TelemetryEvent.Drain event) {
      super(event.source(), event.connectionId());
      queuedBytes = event.queuedBytes();
    }
  }

  /** The counters of a connection that has ended. */
  abstract static class Counted extends FlightEvent.OfConnection {
    @Label("Messages In")
    long messagesIn;

    @Label("Messages Out")
    long messagesOut;

    @Label("Bytes In")
    @DataAmount
    long bytesIn;

    @Label("Bytes Out")
    @DataAmount
    long bytesOut;

    @Label("Refused Sends")
    long refused;

    @Label("Writes")
    long writes;

    @Label("Dropped Messages")
    long dropped;

    Counted(Source source, long connectionId, ConnectionStatistics statistics) {
      super(source, connectionId);
      messagesIn = statistics.messagesIn();
      messagesOut = statistics.messagesOut();
      bytesIn = statistics.bytesIn();
      bytesOut = statistics.bytesOut();
      refused = statistics.refused();
      writes = statistics.writes();
      dropped = statistics.dropped();
    }
  }

  @Name("qwormhole.LinkClosed")
  @Label("Link Closed")
  @Description("A transport connection ended; the counters are final")
  static final class LinkClosed extends Counted {
    @Label("Initiator")
    String initiator;

    @Label("Code")
    String code;

    @Label("Detail")
    String detail;

    LinkClosed(TelemetryEvent.LinkClosed event) {
      super(event.source(), event.connectionId(), event.statistics());
      initiator = event.initiator();
      code = name(event.code());
      detail = event.detail();
    }
  }
}
