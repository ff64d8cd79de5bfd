package qwormhole.api.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.frame.FrameException;
import qwormhole.api.internal.frame.FrameSink;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEnd;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * One link's life: first frame, then messages, then the end. Runs on the link's loop, which owns the
 * fields; what may be called from elsewhere says so. A broken stream is terminal: nothing is delivered
 * after the fault.
 */
final class LinkSession implements LinkHandler, FrameSink, OutboundEvents {
  private enum Phase {
    CONNECTING,
    FIRST_FRAME,
    OPEN,
    CLOSING,
    CLOSED
  }

  private final SessionContext context;
  private final long id;
  private final Source source;
  private final Inbound inbound;
  private final SessionCheck check;
  private final boolean autoPause;
  private volatile SessionRole role; // changes when the link takes on a session that lost its own
  private volatile Phase phase = Phase.CONNECTING;
  private boolean fenced;
  private boolean awaitsResumed;
  private volatile boolean givenUp;
  private volatile boolean legacyAssumed;
  private Link link;
  private Outbound outbound;
  private ControlPolicy control;
  private CloseReason reason;
  private String goAway;
  private boolean peerDrains;

  LinkSession(SessionContext context, SessionRole role, long id, int firstFrameLimit) {
    this.context = context;
    this.role = role;
    this.id = id;
    this.source = context.source();
    this.autoPause = context.options().autoPause();
    this.inbound = new Inbound(context, this, source, id, firstFrameLimit);
    this.check = new SessionCheck(this, context.timers().nanoTime());
  }

  // link events

  @Override
  public void onOpen(Link opened) {
    link = opened;
    var rate = context.options().outboundRate();
    outbound =
        new Outbound(
            opened,
            context.timers(),
            context.pool(),
            context.guard(),
            this,
            context.limits(),
            rate.map(limit -> new TokenBucket(limit, context.timers().nanoTime())).orElse(null));
    phase = Phase.FIRST_FRAME;
    inbound.open(opened);
    if (context.observed()) {
      context.tell(new TelemetryEvent.LinkOpened(source, id, opened.remoteAddress()));
    }
    role.onLinkOpen();
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    inbound.onBytes(bytes);
  }

  @Override
  public boolean onFrame(ByteBuffer payload) throws FrameException {
    if (phase == Phase.OPEN) {
      if (awaitsResumed) {
        throw new FrameException(ErrorCode.E_PROTOCOL_ERROR, "a message before RESUMED");
      }
      deliver(payload);
      if (autoPause) {
        inbound.pauseWhileFull(outbound);
      }
    } else if (phase == Phase.FIRST_FRAME) {
      role.onFirstFrame(payload);
    } else {
      return false;
    }
    return !inbound.isPaused();
  }

  @Override
  public boolean onControl(int kind, ByteBuffer body) throws FrameException {
    if (phase != Phase.OPEN) {
      throw new FrameException(ErrorCode.E_PROTOCOL_ERROR, "control frame before the handshake");
    }
    control.count(kind, context.timers().nanoTime());
    switch (kind) {
      case ControlFrame.PING ->
          outbound.addControl(
              ControlFrame.token(ControlFrame.PONG, ControlFrame.readToken(body)), false);
      case ControlFrame.PONG -> ControlFrame.readToken(body);
      case ControlFrame.ACK -> acknowledge(ControlFrame.readToken(body));
      case ControlFrame.GOAWAY -> {
        goAway = SafeText.of(ControlFrame.readReason(body), SafeText.PEER_CHARS);
        peerDrains = ControlFrame.readCode(body) == ControlFrame.GOAWAY_DRAINING;
      }
      case ControlFrame.RESUMED -> role.onResumed(ControlFrame.readToken(body));
      default ->
          throw new FrameException(
              ErrorCode.E_PROTOCOL_ERROR, "control frame of unknown kind " + kind);
    }
    return !inbound.isPaused();
  }

  private void acknowledge(long count) throws FrameException {
    if (!outbound.acknowledge(count)) {
      throw new FrameException(
          ErrorCode.E_PROTOCOL_ERROR, "ACK of messages that were never sent, or had been before");
    }
    role.onAcknowledged();
  }

  @Override
  public void onWritable() {
    outbound.onWritable();
  }

  @Override
  public void onClosed(Throwable cause) {
    boolean inMidFrame = inbound.isInMidFrame();
    phase = Phase.CLOSED;
    inbound.end();
    if (reason == null) {
      reason = endOf(cause, inMidFrame);
    }
    if (outbound != null && !fenced) {
      stopSending(reason);
    }
    if (context.observed()) {
      context.tell(
          new TelemetryEvent.LinkClosed(
              source,
              id,
              reason.initiator().name().toLowerCase(Locale.ROOT),
              reason.code(),
              reason.detail(),
              statistics()));
    }
    if (!fenced) {
      role.onLinkClosed(reason);
    }
  }

  /** What was accepted waits for another link, where the session may go on. */
  private void stopSending(CloseReason why) {
    if (role.maySurvive(why)) {
      outbound.detach();
    } else {
      outbound.close();
    }
  }

  /**
   * The session goes on over another link, also when this one has not noticed that it is of no use:
   * nothing of it is delivered or told any more. False when it has ended by itself.
   */
  boolean fence() {
    boolean alive =
        phase != Phase.CLOSED && (phase != Phase.CLOSING || role.maySurvive(reason)) && !fenced;
    if (alive) {
      fenced = true;
      closeWith(
          new CloseReason(
              Initiator.LOCAL,
              ErrorCode.E_CONNECTION_LOST,
              "the peer came back over another link"));
      outbound.detach();
      link.abort();
    }
    return alive;
  }

  /**
   * Takes on a session whose own link is lost; after this link's first frames, on its loop.
   *
   * @param owner what the session belongs to
   * @param lost the session's link until now, of which nothing is delivered any more
   * @param received how many messages the peer has received
   * @return false when the session has ended meanwhile
   */
  boolean takeOn(SessionRole owner, LinkSession lost, long received) {
    if (!lost.outbound.attach(link, this, outbound, received)) {
      return false;
    }
    inbound.goOnFrom(lost.inbound);
    awaitsResumed = false;
    outbound = lost.outbound;
    role = owner;
    return true;
  }

  /** How many messages have come, whether they were delivered or not: the next one's number. */
  long received() {
    return inbound.received();
  }

  private CloseReason endOf(Throwable cause, boolean inMidFrame) {
    if (cause instanceof TlsEnd end) {
      return end.reason();
    }
    if (link == null) {
      return LinkEnds.notConnected(cause);
    }
    return cause != null
        ? LinkEnds.lost(cause)
        : LinkEnds.closedByPeer(inMidFrame, goAway, role.isResumable());
  }

  // what the role decides

  /** The first frame was right, or none is expected: messages may come. */
  void open(boolean negotiated) {
    if (phase != Phase.FIRST_FRAME) {
      return;
    }
    inbound.decoder().maxPayload(outbound.limits().maxFrameBytes());
    if (negotiated) {
      control = new ControlPolicy(context.timers().nanoTime());
      inbound.decoder().allowControl();
    }
    phase = Phase.OPEN;
  }

  /** Messages of the session that was asked for come after the peer has said where it is. */
  void awaitResumed() {
    awaitsResumed = true;
  }

  /** From now on messages carry a checksum, both ways; before {@link #open}. */
  void expectChecksums() {
    inbound.decoder().expectChecksums();
  }

  /** The peer is silent and taken for one that does not negotiate, until its first frame tells. */
  void assumeLegacy() {
    legacyAssumed = true;
  }

  /** A message, perhaps a first frame that turned out to be one. */
  void deliver(ByteBuffer payload) {
    inbound.deliver(payload, role);
  }

  /** Ends the link for a fault: nothing that is queued is written any more. */
  void fail(ErrorCode code, String detail) {
    var why = new CloseReason(Initiator.LOCAL, code, detail);
    if (closeWith(why)) {
      stopSending(why);
      link.close();
    }
  }

  /** Ends the link for a fault that the peer is told of with a last frame. */
  void reject(CloseReason why, byte[] frame) {
    if (frame != null && phase == Phase.FIRST_FRAME) {
      outbound.addControl(ByteBuffer.wrap(frame), true);
    }
    close(why, Duration.ofSeconds(2));
  }

  /**
   * Ends the link after what was delivered has been handled and what was accepted been written, for at
   * most the grace.
   */
  void close(CloseReason why, Duration grace) {
    boolean wasOpen = phase == Phase.OPEN;
    if (!closeWith(why)) {
      return;
    }
    if (wasOpen) {
      outbound.refuseMessages();
      role.afterHandlers(this::takeLeave);
    } else {
      outbound.finish();
    }
    if (phase == Phase.CLOSING) {
      context.timers().schedule(() -> link.execute(this::abortIfOpen), grace.toNanos());
    }
  }

  private void takeLeave() {
    if (control != null) {
      outbound.addControl(ControlFrame.goAway(role.goAwayCode(), reason.detail()), false);
    }
    outbound.finish();
  }

  private boolean closeWith(CloseReason why) {
    if (isEnding()) {
      return false;
    }
    reason = why;
    inbound.end();
    phase = Phase.CLOSING;
    return true;
  }

  private void abortIfOpen() {
    if (phase != Phase.CLOSED) {
      outbound.close();
      link.abort();
    }
  }

  /** A client's connect took too long or is not wanted any more; under the client's monitor. */
  void giveUp(CloseReason why) {
    reason = why;
    givenUp = true;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  // outbound events; any thread

  @Override
  public void onBackpressure() {
    if (context.observed()) {
      context.tell(new TelemetryEvent.Backpressure(source, id, outbound.pendingBytes()));
    }
    link.execute(() -> unlessClosed(role::onBackpressure));
  }

  @Override
  public void onDrain() {
    if (context.observed()) {
      context.tell(new TelemetryEvent.Drain(source, id, outbound.pendingBytes()));
    }
    link.execute(() -> unlessClosed(role::onDrain));
  }

  /** A sender's news may come when the link has ended, and with it what may be told of it. */
  private void unlessClosed(Runnable event) {
    if (phase != Phase.CLOSED) {
      event.run();
    }
  }

  @Override
  public void onRoom() {
    resume(Pauses.OUTBOUND);
  }

  @Override
  public void onFinished() {
    link.close();
  }

  @Override
  public void onWriteFailed(IOException cause) {
    link.execute(
        () -> {
          if (reason == null) {
            reason = LinkEnds.lost(cause);
          }
          link.abort();
        });
  }

  // pausing; any thread

  void pause(int why) {
    inbound.pause(why);
  }

  void resume(int why) {
    inbound.resume(why);
  }

  /** Looks at deadlines. Timer thread. */
  void check(long nowNanos) {
    check.check(nowNanos);
  }

  // looking

  long id() {
    return id;
  }

  SessionContext context() {
    return context;
  }

  Link link() {
    return link;
  }

  Inbound inbound() {
    return inbound;
  }

  Outbound outbound() {
    return outbound;
  }

  SessionRole role() {
    return role;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Whether the peer has said that it goes away, and that nobody wanted the session to end. */
  boolean peerDrains() {
    return peerDrains;
  }

  boolean isNegotiated() {
    return control != null;
  }

  boolean awaitsFirstFrame() {
    return phase == Phase.FIRST_FRAME;
  }

  /** Whether the first frame is to come in time; a peer taken for legacy may stay silent. */
  boolean awaitsHandshake() {
    return phase == Phase.FIRST_FRAME && !legacyAssumed;
  }

  /** Whether nothing more is read. */
  boolean isEnding() {
    return phase == Phase.CLOSING || phase == Phase.CLOSED;
  }

  boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  /** What the session's events come from: its transport, also when the endpoint has another by now. */
  Source source() {
    return source;
  }

  /** Counters and queue depth as of now; any thread. */
  ConnectionStatistics statistics() {
    Outbound out = outbound;
    if (out == null) {
      return ConnectionStatistics.NONE;
    }
    return new ConnectionStatistics(
        inbound.messages(),
        out.messages(),
        inbound.bytes(),
        out.bytesWritten(),
        out.pendingBytes(),
        out.limits().maxOutboundBytes(),
        out.refusals(),
        out.writes(),
        inbound.dropped());
  }
}
