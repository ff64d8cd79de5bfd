package qwormhole.api.internal.session;

import java.util.LinkedHashMap;
import java.util.Map;
import qwormhole.api.CloseReason;
import qwormhole.api.PeerInfo;
import qwormhole.api.handshake.Trust;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.telemetry.TelemetryEvent;

/** What is told of a peer when its connection has ended: its own words escaped and cut. */
final class TrustSnapshots {
  private static final int MAX_TAGS = 64;

  private TrustSnapshots() {}

  static TelemetryEvent of(LinkSession session, PeerInfo peer, Trust trust, CloseReason reason) {
    return new TelemetryEvent.TrustSnapshot(
        session.source(),
        session.id(),
        reason.code() == null ? "orderly" : reason.code().name(),
        SafeText.of(peer.sid(), SafeText.PEER_CHARS),
        safe(peer.tags()),
        trust,
        trust.metrics(),
        session.statistics());
  }

  private static Map<String, Object> safe(Map<String, Object> tags) {
    Map<String, Object> shown = new LinkedHashMap<>();
    tags.forEach(
        (name, value) -> {
          if (shown.size() < MAX_TAGS) {
            shown.put(
                SafeText.of(name, SafeText.PEER_CHARS),
                value instanceof String text ? SafeText.of(text, SafeText.PEER_CHARS) : value);
          }
        });
    return shown;
  }
}
