package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import qwormhole.api.CloseReason;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.handshake.Agreement;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEngines;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * What a client's and a server's end of a connection have in common: the way through the handshake, and
 * on to another link when one is lost. On the loop of its link, but for what says otherwise.
 */
abstract class PeerConnection<M> extends ConnectionHandle<M> implements SessionRole {
  private final Events<M> events;
  private final Delivery<M> delivery;
  private int stages; // of the handshake that are under way

  /** Guarded by the endpoint's {@link Traffic}. */
  boolean isInTotal;

  PeerConnection(
      SessionContext context,
      long id,
      int firstFrameLimit,
      Codec<M> codec,
      Events<M> events,
      HandlerQueue handlers,
      String mode) {
    super(id, codec, mode);
    this.session = new LinkSession(context, this, id, firstFrameLimit);
    this.events = events;
    this.delivery = new Delivery<>(this, codec, events, handlers);
    delivery.pauseWhenBehind();
  }

  // TLS

  /** What the transport is to be given: the session, or TLS before it. */
  final LinkHandler behind(TlsEngines engines) {
    if (engines == null) {
      return session;
    }
    tls = engines.guard(session);
    return tls;
  }

  /** Ends a link that TLS has not opened yet. Any thread. */
  final void abandonTls() {
    if (tls != null) {
      tls.abandon();
    }
  }

  /** What is said of TLS in an own handshake. */
  final Map<String, Object> tlsTags() {
    return tls == null ? Map.of() : tls.tags();
  }

  // the handshake

  /**
   * Goes on with the handshake when a stage is through: away from the loop, or with the application.
   * What the peer sends waits meanwhile. To be called on the loop, as {@code next} is.
   */
  final <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> next) {
    stages++;
    session.pause(Pauses.HANDSHAKE);
    stage.whenComplete(
        (value, failure) ->
            session
                .link()
                .execute(
                    () -> {
                      next.accept(value, failure);
                      if (--stages == 0) {
                        session.resume(Pauses.HANDSHAKE);
                      }
                    }));
  }

  /** Keeps to what was agreed on from now on; before others may send, and before messages come. */
  final void agree(Agreement agreed) {
    agreement = agreed;
    Negotiated on = agreed.negotiated();
    if (on.checksum()) {
      session.expectChecksums();
      session.outbound().addChecksums();
    }
    if (agreed.trust().enforced()) {
      session.outbound().limitBatch(agreed.trust().policy().batchFrames());
    }
    if (on.session()) {
      session.outbound().retain(session.context().options().replayBytes());
    }
    if (on.ack()) {
      delivery.acknowledgeBy(new Acknowledger(session.outbound(), session.context().timers()));
    }
  }

  // resumable sessions

  /** Keeps to the same as before, over the link that the connection goes on over. */
  final void agreeAgain(Agreement agreed) {
    agreement = agreed;
    if (agreed.negotiated().checksum()) {
      session.expectChecksums();
    }
  }

  @Override
  public final boolean maySurvive(CloseReason why) {
    return isResumable() && !isClosing() && (isSurvivable(why.code()) || losesSession(why));
  }

  /** Whether the session ends with its link without anybody having wanted that, which is told. */
  boolean losesSession(CloseReason why) {
    return false;
  }

  @Override
  public final int goAwayCode() {
    return isDraining() ? ControlFrame.GOAWAY_DRAINING : ControlFrame.GOAWAY_CLOSED;
  }

  @Override
  public final void afterHandlers(Runnable then) {
    delivery.afterHandlers(then);
  }

  /** What is no fault of the peer's: it may come back, and be heard. */
  static boolean isSurvivable(ErrorCode code) {
    if (code == null) {
      return false; // an end in order
    }
    return switch (code) {
      case E_CONNECTION_LOST, E_PEER_UNRESPONSIVE, E_CHECKSUM, E_TLS, E_PROVIDER_FAILED -> true;
      default -> false;
    };
  }

  /**
   * What somebody who wants the connection to end gave as the reason, if its link was only lost before
   * that could be done, or else how it ended.
   */
  final CloseReason wantedOr(CloseReason end) {
    CloseReason wanted = wanted();
    return wanted != null && isSurvivable(end.code()) ? wanted : end;
  }

  /**
   * Goes on over the link of another connection, which has been greeted and is this one's from now on.
   * On that link's loop.
   *
   * @param greeted a connection that told nobody of itself
   * @param received how many messages the peer has received
   * @return false when the session has ended meanwhile
   */
  final boolean goOnOver(PeerConnection<M> greeted, long received) {
    LinkSession next = greeted.session;
    if (!next.takeOn(this, session, received)) {
      return false;
    }
    peer = greeted.peer;
    agreement = greeted.agreement;
    mode = greeted.mode;
    tls = greeted.tls;
    session = next;
    delivery.pauseWhenBehind();
    greeted.tellAccepted();
    tellResumed(greeted);
    next.outbound().flushAsSender();
    delivery.acknowledgeAgain();
    CloseReason wanted = wanted();
    if (wanted != null) {
      next.close(wanted, CLOSE_GRACE);
    }
    return true;
  }

  /** The link is lost, and another one may come. */
  final void tellSuspended(CloseReason why) {
    dispatch(() -> events.suspended(this, why));
  }

  private void tellResumed(PeerConnection<M> greeted) {
    if (session.context().observed()) {
      session.context().tell(new TelemetryEvent.Resumed(session.source(), greeted.id(), id()));
    }
    dispatch(() -> events.resumed(this));
  }

  // events to the application

  /** Runs a handler where handlers run; what it throws is reported. */
  final void dispatch(Runnable handler) {
    delivery.dispatch(handler);
  }

  /** Reports an error; what the error handler throws is logged. Where handlers run. */
  final void error(QWormholeException error) {
    delivery.error(error);
  }

  @Override
  public final void onMessage(ByteBuffer payload) {
    delivery.message(payload);
  }

  @Override
  public final void onInvalidMessage(String problem) {
    delivery.invalidMessage(problem);
  }

  @Override
  public final void onBackpressure() {
    dispatch(() -> events.backpressure(this));
  }

  @Override
  public final void onDrain() {
    dispatch(() -> events.drain(this));
  }

  final void tellClosed(CloseReason reason) {
    dispatch(() -> events.closed(this, reason));
  }

  @Override
  public final PeerIdentity peerKey() {
    return peer.signer().orElse(null);
  }

  final void peer(PeerHandshake handshake) {
    peer = handshake;
  }

  final PeerHandshake handshake() {
    return peer;
  }

  final Agreement agreement() {
    return agreement;
  }

  /** The peer's handshake was accepted, or none is asked for. */
  final void tellAccepted() {
    if (session.context().observed()) {
      session
          .context()
          .tell(
              new TelemetryEvent.HandshakeAccepted(
                  session.source(),
                  id(),
                  SafeText.of(peer.version(), SafeText.PEER_CHARS),
                  session.isNegotiated(),
                  peer.claims()));
    }
  }

  /** The connection has ended: who the peer was, and how far it was trusted. */
  final void tellTrust(CloseReason reason) {
    if (session.context().observed()) {
      session.context().tell(TrustSnapshots.of(session, peer(), trust(), reason));
    }
  }
}
