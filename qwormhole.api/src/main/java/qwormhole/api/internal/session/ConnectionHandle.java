package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsHandler;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * The application's handle of a connection: to send, look and close, from any thread. It stays the same
 * while its session goes from link to link.
 */
abstract class ConnectionHandle<M> implements Connection<M> {
  static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** Its link; a resumable session goes on over another one. */
  volatile LinkSession session;

  // Change on the loop, at the handshake and when the session goes on over another link.
  volatile String mode;
  volatile PeerHandshake peer = PeerHandshake.none();
  volatile Agreement agreement = Agreement.NONE;

  /** Null without TLS; given before the transport has the connection. */
  volatile TlsHandler tls;

  private final long id;
  private final Codec<M> codec;
  private volatile CloseReason closing;
  private volatile boolean draining;
  private volatile Object attachment;

  ConnectionHandle(long id, Codec<M> codec, String mode) {
    this.id = id;
    this.codec = codec;
    this.mode = mode;
  }

  // sending

  final Codec<M> codec() {
    return codec;
  }

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

  // looking

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
    return session.outbound().unacknowledged();
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
  public final Optional<TlsInfo> tls() {
    return tls == null ? Optional.empty() : Optional.ofNullable(tls.info());
  }

  /** Whether there is a session that may go on over another link. */
  public final boolean isResumable() {
    return agreement.negotiated().session();
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

  // closing

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

  /** Ends the connection because its endpoint closes, which the session's application did not ask for. */
  final void drain(CloseReason reason, Duration grace) {
    if (!isClosing()) { // also one that is drained twice was not closed by its application
      draining = true;
    }
    close(reason, grace);
  }

  final boolean isDraining() {
    return draining;
  }

  final void close(CloseReason reason, Duration grace) {
    closing = reason;
    LinkSession now = session;
    now.link().execute(() -> now.close(reason, grace));
    if (isResumable()) {
      endSuspended(reason);
    }
  }

  /** What somebody who wants the connection to end gave as the reason; null when nobody does. */
  final CloseReason wanted() {
    return closing;
  }

  /** Whether somebody wants the session to end, so that it must not wait for another link. */
  final boolean isClosing() {
    return closing != null;
  }

  /** Ends a session, if it has no link. */
  void endSuspended(CloseReason why) {}

  @Override
  public final String toString() {
    return "connection " + id() + " over " + mode;
  }
}
