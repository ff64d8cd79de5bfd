package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.handshake.ScpFrame;
import qwormhole.api.internal.handshake.ScpSignatures;
import qwormhole.api.internal.observe.NegentropySampler;
import qwormhole.api.internal.observe.ScpEvents;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Looks at a connection's messages before they are delivered, where an option asks for it: samples
 * their negentropy, tells SCP messages and keeps out invalid ones. On the connection's loop.
 */
final class MessageTap {
  /** About two milliseconds. */
  private static final int SIGNATURES_A_TURN = 16;

  private final SessionContext context;
  private final Source source;
  private final long connectionId;
  private final boolean scp;
  private final NegentropySampler sampler;
  private int checked;

  private MessageTap(
      SessionContext context,
      Source source,
      long connectionId,
      boolean scp,
      NegentropySampler sampler) {
    this.context = context;
    this.source = source;
    this.connectionId = connectionId;
    this.scp = scp;
    this.sampler = sampler;
  }

  /** A tap of what the options ask for; null when that is nothing, as it is by default. */
  static MessageTap of(SessionContext context, Source source, long connectionId) {
    boolean scp = context.options().observeScp() && context.limits().framed();
    long interval = context.options().negentropyInterval().toNanos();
    if (!scp && interval == 0) {
      return null;
    }
    NegentropySampler sampler =
        interval == 0
            ? null
            : new NegentropySampler(interval, context.sampling(), context.timers().nanoTime());
    return new MessageTap(context, source, connectionId, scp, sampler);
  }

  /** Whether a message may be delivered to the role, which is told if not; it is left as it is. */
  boolean admits(ByteBuffer message, SessionRole role) {
    if (sampler != null && sampler.add(message, context.timers().nanoTime())) {
      sample();
    }
    ScpFrame frame = scp ? ScpFrame.read(message) : null;
    if (frame == null) {
      return true;
    }
    if (frame.problem() != null) {
      role.onInvalidMessage(frame.problem());
      return false;
    }
    PeerIdentity key = role.peerKey();
    ScpSignature signature = ScpSignatures.check(frame.message(), key);
    if (key != null && signature != ScpSignature.ABSENT) {
      checked++;
    }
    if (signature == null) {
      role.onInvalidMessage("member /sig must be the signature of this message by the peer's key");
      return false;
    }
    if (context.observed()) {
      context.tell(ScpEvents.of(source, connectionId, frame.message(), signature));
    }
    return true;
  }

  /** Whether so many signatures were checked that other connections of the loop are to have a turn. */
  boolean isTired() {
    boolean tired = checked >= SIGNATURES_A_TURN;
    if (tired) {
      checked = 0;
    }
    return tired;
  }

  private void sample() {
    if (context.observed()) {
      context.tell(
          new TelemetryEvent.NegentropySample(
              source, connectionId, sampler.sample(), sampler.sampledBytes()));
    }
  }
}
