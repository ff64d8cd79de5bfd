package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import qwormhole.api.Batch;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.PeerInfo;
import qwormhole.api.SendResult;
import qwormhole.api.TlsInfo;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.Trust;
import qwormhole.api.internal.handshake.Agreement;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEngines;
import qwormhole.api.internal.tls.TlsHandler;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.TelemetryEvent;

/** The application's handle of a connection, and the way of events to its listener. */
abstract class PeerConnection<M> implements Connection<M>, SessionRole {
  static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** Its link; a resumable session goes on over another one. */
  volatile LinkSession session;

  private final long id;
  private final Codec<M> codec;
  private final Events<M> events;
  private final HandlerQueue handlers;
  private volatile String mode;
  private volatile PeerHandshake peer = PeerHandshake.none();
  private volatile Agreement agreement = Agreement.NONE;
  private Acknowledger acknowledger;
  private int stages;
  private volatile CloseReason closing;
  private volatile TlsHandler
      tls; // null without TLS; given before the transport has the connection
  private volatile Object attachment;

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
    this.id = id;
    this.session = new LinkSession(context, this, id, firstFrameLimit);
    this.codec = codec;
    this.events = events;
    this.mode = mode;
    this.handlers = handlers;
    if (handlers != null) {
      handlers.onTooMuch(this::pauseForHandlers);
    }
  }

  private void pauseForHandlers(boolean tooMuch) {
    if (tooMuch) {
      session.pause(Pauses.HANDLERS);
    } else {
      session.resume(Pauses.HANDLERS);
    }
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

  @Override
  public final Optional<TlsInfo> tls() {
    return tls == null ? Optional.empty() : Optional.ofNullable(tls.info());
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
      acknowledger = new Acknowledger(session.outbound(), session.context().timers());
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
  public final boolean isResumable() {
    return agreement.negotiated().session();
  }

  @Override
  public final boolean maySurvive(CloseReason why) {
    return isResumable() && closing == null && why.code() != null && isSurvivable(why.code());
  }

  /** What is no fault of the peer's: it may come back, and be heard. */
  private static boolean isSurvivable(ErrorCode code) {
    return switch (code) {
      case E_CONNECTION_LOST, E_PEER_UNRESPONSIVE, E_CHECKSUM, E_PROVIDER_FAILED -> true;
      default -> false;
    };
  }

  /**
   * What somebody who wants the connection to end gave as the reason, if its link was only lost before
   * that could be done, or else how it ended.
   */
  final CloseReason wantedOr(CloseReason end) {
    CloseReason wanted = closing;
    boolean lost = end.code() != null && isSurvivable(end.code());
    return wanted != null && lost ? wanted : end;
  }

  /** Whether somebody wants the session to end, so that it must not wait for another link. */
  final boolean isClosing() {
    return closing != null;
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
    if (handlers != null) {
      handlers.onTooMuch(this::pauseForHandlers);
    }
    greeted.tellAccepted();
    tellResumed(greeted);
    next.outbound().flushAsSender();
    acknowledger.tellAgain();
    CloseReason wanted = closing;
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

  /** Ends a session, if it has no link. */
  void endSuspended(CloseReason why) {}

  // events to the application

  /** Runs a handler where handlers run; what it throws is reported. */
  final void dispatch(Runnable handler) {
    if (handlers == null) {
      guarded(handler);
    } else {
      handlers.add(() -> guarded(handler), 0);
    }
  }

  private void guarded(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable cause) {
    error(
        new QWormholeException(
            ErrorCode.E_HANDLER_FAILED, "a handler threw " + cause.getClass().getName(), cause));
  }

  /** Reports an error; what the error handler throws is logged. Where handlers run. */
  final void error(QWormholeException error) {
    session
        .context()
        .tell(
            new TelemetryEvent.Failed(
                session.source(), id(), error.code(), SafeText.of(error.detail())));
    Log.debug(error.detail(), error);
    try {
      events.error(this, error);
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("onError", "onError threw " + e);
    }
  }

  @Override
  public final void onMessage(ByteBuffer payload) {
    if (handlers == null) {
      deliver(payload);
      return;
    }
    int size = payload.remaining();
    ByteBuffer copy = ByteBuffer.allocate(size).put(payload).flip();
    handlers.add(() -> deliver(copy.asReadOnlyBuffer()), size);
  }

  private void deliver(ByteBuffer payload) {
    Acknowledger wanted = acknowledger;
    if (wanted == null) {
      handle(payload);
      return;
    }
    int size = payload.remaining();
    handle(payload);
    wanted.handled(size);
  }

  private void handle(ByteBuffer payload) {
    M message;
    try {
      message = codec.decode(payload);
    } catch (RuntimeException | Error e) {
      error(new QWormholeException(ErrorCode.E_CODEC, "a message could not be decoded", e));
      return;
    }
    try {
      events.message(this, message);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public final void onInvalidMessage(String problem) {
    dispatch(
        () -> {
          error(new QWormholeException(ErrorCode.E_INVALID_SCP, problem));
          if (acknowledger != null) {
            acknowledger.handled(0); // it has its number, and is done with
          }
        });
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

  final void peer(PeerHandshake handshake) {
    peer = handshake;
  }

  final PeerHandshake handshake() {
    return peer;
  }

  final Agreement agreement() {
    return agreement;
  }

  final Codec<M> codec() {
    return codec;
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
                  session.isNegotiated()));
    }
  }

  /** The connection has ended: who the peer was, and how far it was trusted. */
  final void tellTrust(CloseReason reason) {
    if (session.context().observed()) {
      session.context().tell(TrustSnapshots.of(session, peer(), trust(), reason));
    }
  }

  // sending

  final ByteBuffer encode(M message) {
    return encode(codec, message);
  }

  static <M> ByteBuffer encode(Codec<M> codec, M message) {
    try {
      return codec.encode(message);
    } catch (RuntimeException e) {
      throw new QWormholeException(ErrorCode.E_CODEC, "a message could not be encoded", e);
    }
  }

  @Override
  public final SendResult trySend(M message, int priority) {
    return session.outbound().offer(encode(message), priority, null);
  }

  @Override
  public final SendResult send(M message, int priority, Duration timeout) {
    return session
        .outbound()
        .offer(encode(message), priority, TimeUnit.NANOSECONDS.convert(timeout));
  }

  @Override
  public final void send(M message) {
    SendResult result = trySend(message, DEFAULT_PRIORITY);
    if (result != SendResult.SENT) {
      throw Refusals.exception(result, session.outbound().limits().maxFrameBytes());
    }
  }

  @Override
  public final CompletableFuture<Void> sendAsync(M message) {
    CompletableFuture<Void> completion = new CompletableFuture<>();
    ByteBuffer payload;
    try {
      payload = encode(message);
    } catch (QWormholeException e) {
      return CompletableFuture.failedFuture(e);
    }
    SendResult result = session.outbound().offer(payload, DEFAULT_PRIORITY, completion);
    if (result != SendResult.SENT) {
      completion.completeExceptionally(
          Refusals.exception(result, session.outbound().limits().maxFrameBytes()));
    }
    return completion;
  }

  @Override
  public final Batch<M> batch() {
    return new BatchScope<>(this, session.outbound());
  }

  // looking and closing

  @Override
  public final long id() {
    return id;
  }

  @Override
  public final PeerInfo peer() {
    return peer.info(session.isNegotiated());
  }

  @Override
  public final Negotiated negotiated() {
    return agreement.negotiated();
  }

  @Override
  public final Trust trust() {
    return agreement.trust();
  }

  @Override
  public final long acknowledged() {
    return session.outbound().acknowledged();
  }

  @Override
  public final long unconfirmed() {
    return session.statistics().messagesOut() - acknowledged();
  }

  @Override
  public final InetSocketAddress remoteAddress() {
    return session.link().remoteAddress();
  }

  @Override
  public final InetSocketAddress localAddress() {
    return session.link().localAddress();
  }

  @Override
  public final String mode() {
    return mode;
  }

  @Override
  public final boolean isOpen() {
    return session.outbound() != null && !session.outbound().isClosed();
  }

  @Override
  public final boolean isSuspended() {
    return isOpen() && session.isClosed();
  }

  @Override
  public final ConnectionStatistics statistics() {
    return session.statistics();
  }

  @Override
  public final void pauseReads() {
    session.pause(Pauses.APPLICATION);
  }

  @Override
  public final void resumeReads() {
    session.resume(Pauses.APPLICATION);
  }

  @Override
  public final Object attachment() {
    return attachment;
  }

  @Override
  public final void attach(Object value) {
    attachment = value;
  }

  @Override
  public final void close() {
    close("closed by the application");
  }

  @Override
  public final void close(String reason) {
    close(
        new CloseReason(Initiator.LOCAL, null, SafeText.of(reason, SafeText.PEER_CHARS)),
        CLOSE_GRACE);
  }

  final void close(CloseReason reason, Duration grace) {
    closing = reason;
    LinkSession now = session;
    now.link().execute(() -> now.close(reason, grace));
    if (isResumable()) {
      endSuspended(reason);
    }
  }

  @Override
  public final String toString() {
    return "connection " + id() + " over " + mode;
  }
}
