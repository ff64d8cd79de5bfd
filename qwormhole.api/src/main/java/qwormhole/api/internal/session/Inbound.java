package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.internal.frame.FrameDecoder;
import qwormhole.api.internal.frame.FrameException;
import qwormhole.api.spi.Link;
import qwormhole.api.telemetry.Source;

/**
 * Reads what one link receives: has it cut into frames for its session, stops while there is a reason
 * to pause, and counts. On the link's loop; pausing is for any thread, and counters and liveness may be
 * read by any, a little old.
 */
final class Inbound {
  private final LinkSession session;
  private final MessageTap tap; // null unless an option asks for it
  private final Pauses pauses = new Pauses();
  private final Liveness liveness;
  private final FrameDecoder decoder;
  private final TokenBucket rate; // null without a limit
  private Link link; // null until it is open
  private long messages;
  private long dropped;
  private long bytes;

  /** What a session reads; a first frame may be smaller than a message. */
  Inbound(
      SessionContext context, LinkSession session, Source source, long id, int firstFrameLimit) {
    var options = context.options();
    long now = context.timers().nanoTime();
    this.session = session;
    this.tap = MessageTap.of(context, source, id);
    this.liveness = new Liveness(options.pingInterval(), options.idleTimeout(), now);
    this.decoder = new FrameDecoder(context.pool(), firstFrameLimit);
    this.rate = options.inboundRate().map(limit -> new TokenBucket(limit, now)).orElse(null);
  }

  void open(Link opened) {
    link = opened;
    if (pauses.any()) {
      opened.pauseReads(); // handlers are still busy with the connection before this one
    }
  }

  /** What frames are to be like from now on. */
  FrameDecoder decoder() {
    return decoder;
  }

  /** Reads nothing more; what was kept is forgotten. */
  void end() {
    decoder.end();
  }

  // reading

  /** Bytes have arrived, which are read unless the session is ending. */
  void onBytes(ByteBuffer arrived) {
    int count = arrived.remaining();
    long now = session.context().timers().nanoTime();
    bytes += count;
    liveness.alive(now);
    if (session.isEnding()) {
      return;
    }
    long before = received();
    if (pauses.any()) {
      decoder.stop(); // another thread paused, and the link does not know it yet
    }
    Outbound gathering = session.outbound();
    gathering.beginGathering();
    try {
      if (gathering.limits().framed()) {
        decoder.decode(arrived, session);
      } else {
        session.onFrame(arrived.asReadOnlyBuffer());
      }
    } catch (FrameException e) {
      session.fail(e.code(), e.getMessage());
    } finally {
      gathering.endGathering();
    }
    if (received() != before) {
      liveness.progressed();
    }
    liveness.partial(isInMidFrame(), now);
    limit(count, now);
  }

  private void limit(int count, long now) {
    if (rate != null) {
      rate.available(now);
      rate.charge(count);
      long delay = rate.nanosUntilAvailable();
      if (delay > 0) {
        pause(Pauses.RATE);
        session.context().timers().schedule(() -> resume(Pauses.RATE), delay);
      }
    }
  }

  /** A message, perhaps a first frame that turned out to be one. */
  void deliver(ByteBuffer payload, SessionRole role) {
    if (tap == null || tap.admits(payload, role)) {
      messages++;
      role.onMessage(payload);
    } else {
      dropped++;
    }
    if (tap != null && tap.isTired()) {
      pause(Pauses.SIGNATURES);
      link.execute(() -> resume(Pauses.SIGNATURES));
    }
  }

  /** Whether the peer owes the rest of a frame. */
  boolean isInMidFrame() {
    return decoder.heldBytes() > 0 && !pauses.any();
  }

  // pausing; any thread

  boolean isPaused() {
    return pauses.any();
  }

  void pause(int why) {
    if (pauses.add(why) && link != null) {
      link.pauseReads();
    }
  }

  void resume(int why) {
    if (pauses.remove(why) && link != null) {
      link.execute(this::goOnReading);
    }
  }

  /** No message is delivered whose reply would not find room. On the loop. */
  void pauseWhileFull(Outbound outbound) {
    if (outbound.pendingBytes() > outbound.limits().pauseBytes()) {
      pause(Pauses.OUTBOUND);
      if (!outbound.watchRoom()) {
        resume(Pauses.OUTBOUND);
      }
    }
  }

  private void goOnReading() {
    if (pauses.any() || session.isEnding()) {
      return;
    }
    liveness.resumed(session.context().timers().nanoTime());
    Outbound gathering = session.outbound();
    gathering.beginGathering();
    try {
      if (decoder.resume(session) && !pauses.any()) {
        link.resumeReads();
      }
    } catch (FrameException e) {
      session.fail(e.code(), e.getMessage());
    } finally {
      gathering.endGathering();
    }
  }

  /** Goes on with the numbers of a session that lost its own link, and with its application's pause. */
  void goOnFrom(Inbound lost) {
    if (lost.pauses.has(Pauses.APPLICATION)) {
      pause(Pauses.APPLICATION);
    }
    messages = lost.messages;
    dropped = lost.dropped;
    bytes += lost.bytes;
  }

  // looking

  /** What the periodic check is to do. Timer thread. */
  Liveness.Verdict check(long nowNanos, boolean canPing) {
    return liveness.check(nowNanos, canPing, decoder.heldBytes());
  }

  /** How many messages have come, whether they were delivered or not. */
  long received() {
    return messages + dropped;
  }

  /** How many of them were delivered. */
  long messages() {
    return messages;
  }

  /** How many were not. */
  long dropped() {
    return dropped;
  }

  long bytes() {
    return bytes;
  }
}
