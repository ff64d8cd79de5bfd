package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.HandshakeVerifier;
import qwormhole.api.HandshakeVerifier.Applicant;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.handshake.Agreement;
import qwormhole.api.internal.handshake.HandshakeRejection;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.handshake.ResumeRequest;
import qwormhole.api.internal.handshake.ServerHandshake;
import qwormhole.api.internal.handshake.SessionGrant;
import qwormhole.api.internal.session.ServerSession.Claim;
import qwormhole.api.internal.tls.TlsTags;

/** A server's end of a connection: judges the first frame, then carries messages. On its loop. */
final class ServerConnection<M> extends PeerConnection<M>
    implements SessionCheck.HandshakeDeadline {
  private static final int FIRST_FRAME_LIMIT = 16 << 10;

  private final ServerEndpoint<M> server;
  private volatile boolean accepted;
  private volatile boolean announced;
  private boolean rejected;
  private volatile ServerSession<M> resumable; // null unless a session was granted

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
    accept(server.handshake().withoutAnswer(PeerHandshake.none()));
  }

  // the handshake, step by step; each may take its time, and the peer's data waits

  @Override
  public void onFirstFrame(ByteBuffer frame) {
    PeerHandshake handshake;
    try {
      handshake = server.handshake().examine(frame);
    } catch (HandshakeRejection e) {
      reject(e.code(), e.reason(), e.answerable(), null);
      return;
    }
    if (server.isFull() && handshake.resumeRequest() == null) {
      rejectFull(handshake);
    } else if (handshake.isUnverified()) {
      await(
          server.signatures().submit(() -> server.handshake().verify(handshake, tls().isPresent())),
          (verified, failure) -> {
            if (failure == null) {
              verified(verified);
            } else {
              rejectFor(failure, handshake);
            }
          });
    } else {
      verified(handshake);
    }
  }

  private void verified(PeerHandshake handshake) {
    if (tls().isPresent() && TlsTags.contradict(handshake.info(false).tags(), tls().get())) {
      reject(
          ErrorCode.E_TLS,
          "the handshake names another certificate than TLS has seen",
          handshake.wantsAnswer(),
          null);
      return;
    }
    peer(handshake);
    HandshakeVerifier verifier = server.options().verifier().orElse(null);
    if (verifier == null) {
      admit(handshake);
      return;
    }
    await(
        ask(verifier, handshake),
        (verdict, failure) -> {
          if (failure != null || verdict == null) {
            reject(
                ErrorCode.E_VERIFIER_FAILED,
                failure != null ? "the verifier failed" : "the verifier gave no verdict",
                handshake.wantsAnswer(),
                failure);
          } else if (verdict.isAccepted()) {
            admit(handshake);
          } else {
            reject(verdict.code(), verdict.reason(), handshake.wantsAnswer(), null);
          }
        });
  }

  /** The application's decision; that it cannot decide is one as well. */
  private CompletionStage<Verdict> ask(HandshakeVerifier verifier, PeerHandshake handshake) {
    try {
      CompletionStage<Verdict> decision =
          verifier.verify(
              new Applicant(handshake.info(handshake.wantsAnswer()), remoteAddress(), tls()));
      return decision != null ? decision : CompletableFuture.completedFuture(null);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void admit(PeerHandshake handshake) {
    try {
      server.handshake().admit(handshake, tls().isPresent());
    } catch (HandshakeRejection e) {
      reject(e.code(), e.reason(), e.answerable(), null);
      return;
    }
    if (!handshake.wantsAnswer()) {
      welcome(handshake, null, server.handshake().withoutAnswer(handshake), null);
      return;
    }
    boolean offersSession = server.handshake().offersSessionTo(handshake);
    ResumeRequest request = offersSession ? handshake.resumeRequest() : null;
    if (request != null) {
      claim(handshake, request);
      return;
    }
    SessionGrant grant = offersSession ? server.sessions().grant() : null;
    answer(
        handshake,
        grant,
        answer -> welcome(handshake, answer.payload(), answer.agreement(), grant));
  }

  /** Makes the answer, which may take its time. */
  private void answer(
      PeerHandshake handshake, SessionGrant grant, Consumer<ServerHandshake.Answer> next) {
    if (!server.handshake().signs()) {
      next.accept(server.answer(handshake, grant));
      return;
    }
    await(
        server.signatures().submit(() -> server.answer(handshake, grant)),
        (answer, failure) -> {
          if (failure == null) {
            next.accept(answer);
          } else {
            rejectFor(failure, handshake);
          }
        });
  }

  private void welcome(
      PeerHandshake handshake, ByteBuffer answer, Agreement agreement, SessionGrant grant) {
    if (!session.awaitsFirstFrame()) {
      return; // closed meanwhile
    }
    if (!server.takePlace()) {
      rejectFull(handshake);
      return;
    }
    if (answer != null) {
      session.outbound().holdControl(answer, true);
    }
    if (grant != null) {
      resumable = server.sessions().begin(this, handshake.signer(), grant);
    }
    accept(agreement);
  }

  // going on with a session that lost its link

  /** Fences the link that the session has, if any, before anything is promised of it. */
  private void claim(PeerHandshake handshake, ResumeRequest request) {
    Claim<M> claim;
    try {
      claim = server.sessions().claim(request, handshake.signer());
    } catch (HandshakeRejection refused) {
      rejectFor(refused, handshake);
      return;
    }
    await(
        claim.fence(server.sessions().isAttached(claim.session)),
        (fenced, failure) ->
            answer(handshake, claim.grant, answer -> goOn(handshake, answer, claim, request)));
  }

  private void goOn(
      PeerHandshake handshake,
      ServerHandshake.Answer answer,
      Claim<M> claim,
      ResumeRequest request) {
    if (!session.awaitsFirstFrame()) {
      return; // closed meanwhile
    }
    try {
      server.sessions().requireNewest(claim);
      takeOver(answer, claim, request);
    } catch (HandshakeRejection refused) {
      rejectFor(refused, handshake);
    }
  }

  private void takeOver(ServerHandshake.Answer answer, Claim<M> claim, ResumeRequest request)
      throws HandshakeRejection {
    ServerConnection<M> lost = claim.session.connection;
    if (!lost.canGoOn(request, answer.agreement())) {
      String detail =
          lost.isClosing()
              ? "the session was closed while it had no link"
              : "the two sides do not have what the session needs to go on";
      reject(ErrorCode.E_SESSION_LOST, detail, true, null);
      lost.endSuspended(new CloseReason(Initiator.LOCAL, ErrorCode.E_SESSION_LOST, detail));
      return;
    }
    server.sessions().takeOver(claim);
    agreeAgain(answer.agreement());
    session.outbound().holdControl(answer.payload(), true);
    session
        .outbound()
        .holdControl(ControlFrame.token(ControlFrame.RESUMED, lost.session.received()), false);
    session.open(true);
    server.handedOver(this);
    if (!lost.goOnOver(this, request.received())) {
      session.fail(ErrorCode.E_SESSION_LOST, "the session ended when it was to go on");
    }
  }

  private boolean canGoOn(ResumeRequest request, Agreement agreed) {
    return agreed.negotiated().checksum() == negotiated().checksum()
        && request.oldest() <= session.received()
        && session.outbound().canReplay(request.received());
  }

  /** The session is to go on over another link. On the present one's loop. */
  void fence() {
    if (session.fence()) {
      suspendOrEnd(
          new CloseReason(
              Initiator.PEER, ErrorCode.E_CONNECTION_LOST, "the peer came back over another link"));
    }
  }

  private void suspendOrEnd(CloseReason why) {
    tellSuspended(why);
    if (!server.sessions().suspend(resumable)) {
      session.outbound().close();
      server.sessions().end(resumable, false);
      end(wantedOr(why));
    }
  }

  @Override
  public void onAcknowledged() {
    if (resumable != null && resumable.unconfirmed) {
      server.sessions().confirm(resumable);
    }
  }

  @Override
  void endSuspended(CloseReason why) {
    if (resumable != null && server.sessions().end(resumable, true)) {
      session.outbound().close();
      end(why);
    }
  }

  private void end(CloseReason reason) {
    if (reason.code() != null && reason.initiator() == Initiator.LOCAL) {
      dispatch(() -> error(new QWormholeException(reason.code(), reason.detail())));
    }
    tellTrust(reason);
    server.ended(this, true, reason);
  }

  /**
   * A client that has the answer is one that the server counts and broadcasts to: so the answer is
   * written after that, and still ahead of whatever is sent to it.
   */
  private void accept(Agreement agreement) {
    agree(agreement);
    session.open(agreement.negotiated().scp());
    accepted = true;
    server.count();
    session.outbound().flush();
    if (!session.isClosed()) { // as when the write of the answer did not return
      announced = true;
      server.accepted(this);
    }
  }

  private void rejectFull(PeerHandshake handshake) {
    reject(ErrorCode.E_MAX_CLIENTS, "the server is full", handshake.wantsAnswer(), null);
  }

  private void rejectFor(Throwable failure, PeerHandshake handshake) {
    if (failure instanceof HandshakeRejection refused) {
      reject(refused.code(), refused.reason(), refused.answerable(), null);
    } else {
      ErrorCode code =
          failure instanceof QWormholeException known ? known.code() : ErrorCode.E_VERIFIER_FAILED;
      reject(code, "handshake verification failed", handshake.wantsAnswer(), failure);
    }
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
    reject(ErrorCode.E_HANDSHAKE_TIMEOUT, "no accepted handshake in time", false, null);
  }

  @Override
  public void onLinkClosed(CloseReason reason) {
    if (!accepted && !rejected && reason.code() != null) {
      server.rejected(this, new QWormholeException(reason.code(), reason.detail()));
    }
    if (!accepted) {
      server.ended(this, false, reason);
      return;
    }
    if (announced && maySurvive(reason)) {
      suspendOrEnd(reason);
      return;
    }
    if (resumable != null) {
      server.sessions().end(resumable, false);
      session.outbound().close();
    }
    end(wantedOr(reason));
  }

  /** Whether the listener knows of it. */
  boolean isAnnounced() {
    return announced;
  }

  boolean isAccepted() {
    return accepted;
  }
}
