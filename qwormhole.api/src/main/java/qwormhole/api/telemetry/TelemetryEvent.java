package qwormhole.api.telemetry;

import java.net.InetSocketAddress;
import java.time.Duration;
import qwormhole.api.error.ErrorCode;

/** What an endpoint tells a {@link TelemetryListener}. Ids are those of the connections. */
public sealed interface TelemetryEvent {

  /** A provider was chosen. */
  record ProviderSelected(String side, String mode, String rule, String failures)
      implements TelemetryEvent {}

  /** The transport died; {@link FailedOver} or {@link Closed} follows. */
  record ProviderFailed(String side, String mode, ErrorCode code, String detail)
      implements TelemetryEvent {}

  /** Another provider has taken the place of one that died. */
  record FailedOver(String side, String fromMode, String toMode, String reason)
      implements TelemetryEvent {}

  /** A server accepts connections. */
  record Listening(InetSocketAddress address, String mode) implements TelemetryEvent {}

  /** A transport connection was opened; nothing of the peer is known yet. */
  record LinkOpened(long connectionId, InetSocketAddress remote) implements TelemetryEvent {}

  /** A handshake was accepted. */
  record HandshakeAccepted(long connectionId, String version, boolean negotiated)
      implements TelemetryEvent {}

  /** A handshake was rejected, by this side or by the peer. */
  record HandshakeRejected(long connectionId, ErrorCode code, String reason)
      implements TelemetryEvent {}

  /** An outbound buffer is full. */
  record Backpressure(long connectionId, long queuedBytes) implements TelemetryEvent {}

  /** An outbound buffer is below half of its limit again. */
  record Drain(long connectionId, long queuedBytes) implements TelemetryEvent {}

  /** A client will try again. */
  record Reconnecting(int attempt, Duration delay) implements TelemetryEvent {}

  /** A transport connection ended; the counters are final. */
  record LinkClosed(
      long connectionId,
      ErrorCode code,
      String detail,
      long messagesIn,
      long messagesOut,
      long bytesIn,
      long bytesOut)
      implements TelemetryEvent {}

  /** Something failed. */
  record Failed(long connectionId, ErrorCode code, String detail) implements TelemetryEvent {}

  /** The endpoint has closed. */
  record Closed() implements TelemetryEvent {}
}
