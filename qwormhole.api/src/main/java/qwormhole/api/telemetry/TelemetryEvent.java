package qwormhole.api.telemetry;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.EntropyMetrics;
import qwormhole.api.handshake.Trust;

/**
 * What an endpoint tells a {@link TelemetryListener}: the same kinds, order and content whichever
 * provider carries the connection. Ids are those of the connections, 0 where an event is of the
 * endpoint as a whole. Text that came from a peer is escaped and cut; secrets are not in any event.
 */
public sealed interface TelemetryEvent {

  /** The endpoint and the transport that the event is about. */
  Source source();

  // providers

  /** A provider was chosen; the rule is that of the selection order which decided, in words. */
  record ProviderSelected(Source source, String rule) implements TelemetryEvent {}

  /** Follows the selection when providers that came before the chosen one failed. */
  record ProviderFallback(Source source, String reason) implements TelemetryEvent {}

  /** The transport died, the source's; {@link FailedOver} or {@link Closed} follows. */
  record ProviderFailed(Source source, String mode, ErrorCode code, String detail)
      implements TelemetryEvent {}

  /** Another provider has taken the place of one that died; the source is the new one's. */
  record FailedOver(Source source, String fromMode, String toMode, String reason)
      implements TelemetryEvent {}

  /**
   * A handler, or what it called, keeps a loop thread from its work, and so all connections of it; told
   * once of each time.
   *
   * @param loop the thread's name
   * @param since for how long when it was noticed
   * @param where the innermost frames of the thread's stack, in one line
   */
  record LoopBlocked(Source source, String loop, Duration since, String where)
      implements TelemetryEvent {}

  // endpoints

  /** A server accepts connections. */
  record Listening(Source source, InetSocketAddress address) implements TelemetryEvent {}

  /** A client will try again. */
  record Reconnecting(Source source, int attempt, Duration delay) implements TelemetryEvent {}

  /** Something failed; with the id of a connection, or 0. */
  record Failed(Source source, long connectionId, ErrorCode code, String detail)
      implements TelemetryEvent {}

  /** The endpoint has closed: its last event. */
  record Closed(Source source) implements TelemetryEvent {}

  // connections

  /** A transport connection was opened; nothing of the peer is known yet. */
  record LinkOpened(Source source, long connectionId, InetSocketAddress remote)
      implements TelemetryEvent {}

  /**
   * A handshake was accepted, or none is asked for: messages may come.
   *
   * @param claims what the peer's handshake has beyond the protocol's own members, {@code sid}, {@code
   *     nv}, {@code nIndex}, {@code entropyMetrics} and those of its application, as JSON; at most 64
   */
  record HandshakeAccepted(
      Source source,
      long connectionId,
      String version,
      boolean negotiated,
      Map<String, String> claims)
      implements TelemetryEvent {

    public HandshakeAccepted {
      claims = Map.copyOf(claims);
    }
  }

  /** A handshake was rejected, by this side or by the peer, or did not come to its end. */
  record HandshakeRejected(Source source, long connectionId, ErrorCode code, String reason)
      implements TelemetryEvent {}

  /**
   * A resumable session whose link was lost goes on over another one.
   *
   * @param connectionId that of the new link's other events
   * @param resumedId that of the connection which goes on, as the application knows it
   */
  record Resumed(Source source, long connectionId, long resumedId) implements TelemetryEvent {}

  /** An outbound buffer is full. */
  record Backpressure(Source source, long connectionId, long queuedBytes)
      implements TelemetryEvent {}

  /** An outbound buffer is below half of its limit again. */
  record Drain(Source source, long connectionId, long queuedBytes) implements TelemetryEvent {}

  /** A sample of what the peer sends; only with {@code negentropyInterval}. */
  record NegentropySample(
      Source source, long connectionId, NegentropyVector vector, int sampledBytes)
      implements TelemetryEvent {}

  /**
   * A transport connection ended; the counters are final.
   *
   * @param initiator {@code local}, {@code peer} or {@code network}
   * @param code what went wrong, or null after an orderly end
   */
  record LinkClosed(
      Source source,
      long connectionId,
      String initiator,
      ErrorCode code,
      String detail,
      ConnectionStatistics statistics)
      implements TelemetryEvent {}

  /**
   * Follows the end of a connection whose handshake was accepted: who the peer was and how far it was
   * trusted.
   *
   * @param reason the code of the end, or {@code orderly}
   * @param peerId the peer's identity as it named it, or empty
   * @param tags what the peer's handshake was tagged with, at most 64 of them
   * @param trust the peer's negentropic index and the policy that follows from it
   * @param entropy the index in other words
   */
  record TrustSnapshot(
      Source source,
      long connectionId,
      String reason,
      String peerId,
      Map<String, Object> tags,
      Trust trust,
      EntropyMetrics entropy,
      ConnectionStatistics statistics)
      implements TelemetryEvent {

    public TrustSnapshot {
      tags = Map.copyOf(tags);
    }
  }

  // SCP messages, only with observeScp

  /**
   * A peer's message of type {@code intent}.
   *
   * @param payload the payload as JSON, escaped and cut; empty when there is none
   * @param ts as the peer sent it; empty when it sent none
   * @param signature what came of checking its signature
   */
  record Intent(
      Source source,
      long connectionId,
      String sid,
      String intent,
      String payload,
      String ts,
      ScpSignature signature)
      implements TelemetryEvent {}

  /** A peer's message of type {@code revelation}; its members are those of {@link Intent}. */
  record Revelation(
      Source source,
      long connectionId,
      String sid,
      String intent,
      String payload,
      String ts,
      ScpSignature signature)
      implements TelemetryEvent {}

  /**
   * A peer's message of type {@code state}. Members that were not sent are empty.
   *
   * @param changes how many changes the delta holds
   * @param signature what came of checking its signature
   */
  record State(
      Source source,
      long connectionId,
      String sid,
      String stateHash,
      String summary,
      int changes,
      String winner,
      String strategy,
      String ts,
      ScpSignature signature)
      implements TelemetryEvent {}

  /**
   * A peer's message of type {@code shard}. Members that were not sent are empty.
   *
   * @param signature what came of checking its signature
   */
  record Shard(
      Source source,
      long connectionId,
      String id,
      String root,
      String capabilities,
      List<String> routingHints,
      String stateHash,
      ScpSignature signature)
      implements TelemetryEvent {

    public Shard {
      routingHints = List.copyOf(routingHints);
    }
  }
}
