package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import qwormhole.api.EndpointOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.ControlFrame;

/**
 * Looks at one session's deadlines now and then, on the timer thread, which alone uses its fields; what
 * is to be done is done on the loop.
 */
final class SessionCheck {
  /** What a role does when the first frame does not come in time. */
  interface HandshakeDeadline {
    void onHandshakeDeadline();
  }

  private final LinkSession session;
  private final long startNanos;
  private long lastBeatNanos;

  SessionCheck(LinkSession session, long startNanos) {
    this.session = session;
    this.startNanos = startNanos;
    this.lastBeatNanos = startNanos;
  }

  void check(long nowNanos) {
    if (session.awaitsHandshake()) {
      if (session.role() instanceof HandshakeDeadline deadline
          && nowNanos - startNanos > options().handshakeTimeout().toNanos()) {
        session.link().execute(deadline::onHandshakeDeadline);
      }
      return;
    }
    if (!session.isOpen() && !session.awaitsFirstFrame()) {
      return;
    }
    beat(nowNanos);
    Inbound inbound = session.inbound();
    if (inbound.isPaused()) {
      return; // silence is ours then
    }
    switch (inbound.check(nowNanos, session.isNegotiated())) {
      case FINE -> {}
      case PING -> {
        var ping = ControlFrame.token(ControlFrame.PING, nowNanos);
        session.link().execute(() -> session.outbound().addControl(ping, false));
      }
      case IDLE ->
          session
              .link()
              .execute(
                  () ->
                      session.fail(
                          ErrorCode.E_IDLE_TIMEOUT, "nothing arrived for the idle timeout"));
      case DEAD ->
          session
              .link()
              .execute(
                  () -> {
                    session.fail(ErrorCode.E_PEER_UNRESPONSIVE, "two pings were not answered");
                    session.link().abort();
                  });
      case TOO_SLOW ->
          session
              .link()
              .execute(
                  () ->
                      session.fail(
                          ErrorCode.E_PROTOCOL_ERROR, "a frame arrives slower than 1 KiB/s"));
    }
  }

  private EndpointOptions<?> options() {
    return session.context().options();
  }

  /** Peers that do not negotiate are kept awake by a message, where that was asked for. */
  private void beat(long nowNanos) {
    long beatNanos = options().legacyHeartbeat().toNanos();
    if (beatNanos == 0 || session.isNegotiated() || nowNanos - lastBeatNanos < beatNanos) {
      return;
    }
    lastBeatNanos = nowNanos;
    String ping = "{\"type\":\"ping\",\"ts\":" + System.currentTimeMillis() + "}";
    ByteBuffer payload = ByteBuffer.wrap(ping.getBytes(StandardCharsets.UTF_8));
    session.link().execute(() -> session.outbound().offer(payload, 0, null));
  }
}
