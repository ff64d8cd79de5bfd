package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import qwormhole.api.Authorizer;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.HandshakeRejection;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.handshake.ServerHandshake;

/** A server's end of a connection: judges the first frame, then carries messages. On its loop. */
final class ServerConnection<M> extends PeerConnection<M> implements LinkSession.HandshakeDeadline {
  private static final int FIRST_FRAME_LIMIT = 16 << 10;

  private final ServerEndpoint<M> server;
  private volatile boolean accepted;
  private boolean rejected;

  ServerConnection(ServerEndpoint<M> server, long id) {
    super(
        server.context(),
        id,
        server.options().handshake() ? FIRST_FRAME_LIMIT : server.options().maxFrameBytes(),
        server.options().codec(),
        server,
        server.newHandlerQueue(),
        server.mode());
    this.server = server;
  }

  @Override
  public void onLinkOpen() {
    if (server.isClosing()) {
      session.fail(ErrorCode.E_CLOSED, "the server closes");
      return;
    }
    if (server.options().handshake()) {
      return;
    }
    if (!server.takePlace()) {
      session.fail(ErrorCode.E_MAX_CLIENTS, "the server is full");
      return;
    }
    session.open(false);
    accept();
  }

  @Override
  public void onFirstFrame(ByteBuffer frame) {
    PeerHandshake handshake;
    try {
      handshake = server.handshake().examine(frame);
    } catch (HandshakeRejection e) {
      reject(e.code(), e.reason(), e.answerable());
      return;
    }
    peer(handshake);
    if (server.isFull()) {
      reject(ErrorCode.E_MAX_CLIENTS, "the server is full", handshake.wantsAnswer());
      return;
    }
    server
        .options()
        .authorizer()
        .ifPresentOrElse(
            authorizer -> authorize(ask(authorizer, handshake), handshake),
            () -> welcome(handshake));
  }

  /** The application's decision; that it cannot decide is one as well. */
  private CompletionStage<Boolean> ask(Authorizer authorizer, PeerHandshake handshake) {
    try {
      CompletionStage<Boolean> decision =
          authorizer.authorize(handshake.info(handshake.wantsAnswer()), remoteAddress());
      return decision != null ? decision : CompletableFuture.completedFuture(null);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The peer's data waits until the authorisation is through. */
  private void authorize(CompletionStage<Boolean> decision, PeerHandshake handshake) {
    session.pause(Pauses.AUTHORIZATION);
    decision.whenComplete(
        (allowed, failure) ->
            session
                .link()
                .execute(
                    () -> {
                      if (failure == null && Boolean.TRUE.equals(allowed)) {
                        welcome(handshake);
                      } else {
                        reject(
                            ErrorCode.E_UNAUTHORIZED,
                            failure == null ? "not authorised" : "the authorisation failed",
                            handshake.wantsAnswer(),
                            failure);
                      }
                      session.resume(Pauses.AUTHORIZATION);
                    }));
  }

  private void welcome(PeerHandshake handshake) {
    if (!session.awaitsFirstFrame()) {
      return; // closed meanwhile
    }
    if (!server.takePlace()) {
      reject(ErrorCode.E_MAX_CLIENTS, "the server is full", handshake.wantsAnswer());
      return;
    }
    if (handshake.wantsAnswer()) {
      session.outbound().addControl(ByteBuffer.wrap(server.handshake().answer(handshake)), true);
    }
    session.open(handshake.wantsAnswer());
    accept();
  }

  private void accept() {
    accepted = true;
    server.accepted(this);
  }

  private void reject(ErrorCode code, String reason, boolean answerable) {
    reject(code, reason, answerable, null);
  }

  private void reject(ErrorCode code, String reason, boolean answerable, Throwable cause) {
    if (!session.awaitsFirstFrame()) {
      return;
    }
    rejected = true;
    server.rejected(this, new QWormholeException(code, reason, cause));
    session.reject(
        new CloseReason(Initiator.LOCAL, code, reason),
        answerable ? ServerHandshake.reject(code, reason) : null);
  }

  @Override
  public void onHandshakeDeadline() {
    reject(ErrorCode.E_HANDSHAKE_TIMEOUT, "no accepted handshake in time", false);
  }

  @Override
  public void onLinkClosed(CloseReason reason) {
    if (!accepted && !rejected && reason.code() != null) {
      server.rejected(this, new QWormholeException(reason.code(), reason.detail()));
    }
    if (accepted && reason.code() != null && reason.initiator() == Initiator.LOCAL) {
      dispatch(() -> error(new QWormholeException(reason.code(), reason.detail())));
    }
    if (accepted) {
      tellTrust(reason);
    }
    server.ended(this, accepted, reason);
  }

  boolean isAccepted() {
    return accepted;
  }
}
