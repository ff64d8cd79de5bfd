package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.internal.handshake.ScpFrame;
import qwormhole.api.internal.observe.NegentropySampler;
import qwormhole.api.internal.observe.ScpEvents;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Looks at a connection's messages before they are delivered, where an option asks for it: samples
 * their negentropy, tells SCP messages and keeps out invalid ones. On the connection's loop.
 */
final class MessageTap {
  private final SessionContext context;
  private final Source source;
  private final long connectionId;
  private final boolean scp;
  private final NegentropySampler sampler;

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
    if (context.observed()) {
      context.tell(ScpEvents.of(source, connectionId, frame.message()));
    }
    return true;
  }

  private void sample() {
    if (context.observed()) {
      context.tell(
          new TelemetryEvent.NegentropySample(
              source, connectionId, sampler.sample(), sampler.sampledBytes()));
    }
  }
}
