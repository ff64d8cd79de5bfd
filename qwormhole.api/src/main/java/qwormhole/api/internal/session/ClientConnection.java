package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.frame.FrameException;
import qwormhole.api.internal.handshake.Agreement;
import qwormhole.api.internal.handshake.ClientHandshake;
import qwormhole.api.internal.handshake.FirstFrame;
import qwormhole.api.internal.handshake.HandshakeRejection;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.handshake.SessionGrant;
import qwormhole.api.telemetry.TelemetryEvent;

/** A client's end of a connection: speaks first, and finds out whom it talks to. On its loop. */
final class ClientConnection<M> extends PeerConnection<M> {
  private final Reconnector<M> client;
  private final ClientHandshake handshake;
  private Runnable answerTimer = () -> {};
  private volatile SessionGrant grant; // null unless a session was granted
  private int attempts; // to go on with the session over another link
  private boolean resuming;
  private boolean connected;
  private boolean ready;
  private long refusableUntilNanos; // 0 until the handshake is sent

  ClientConnection(Reconnector<M> client, long id, ClientHandshake handshake, String mode) {
    super(
        client.context(),
        id,
        client.options().maxFrameBytes(),
        client.options().codec(),
        client.events(),
        client.events().handlers(),
        mode);
    this.client = client;
    this.handshake = handshake;
  }

  @Override
  public void onLinkOpen() {
    handshake.addTags(tlsTags());
    client.linkOpened(this);
    if (!client.options().handshake()) {
      ready(handshake.withoutAnswer());
    } else if (session.isGivenUp()) {
      session.link().abort();
    } else if (handshake.signs()) {
      await(
          client.signatures().submit(handshake::payload),
          (payload, failure) -> {
            if (failure == null) {
              speak(payload);
            } else {
              refuse(failure);
            }
          });
    } else {
      speak(handshake.payload());
    }
  }

  private void speak(byte[] payload) {
    if (!session.awaitsFirstFrame()) {
      return; // closed meanwhile
    }
    session.outbound().addControl(ByteBuffer.wrap(payload), true);
    refusableUntilNanos =
        session.context().timers().nanoTime() + client.options().answerTimeout().toNanos();
    if (!handshake.holdsMessages() && !connect()) {
      return;
    }
    if (!client.options().negotiate()) {
      ready(handshake.withoutAnswer());
      return;
    }
    Duration patience =
        handshake.holdsMessages()
            ? client.options().handshakeTimeout()
            : client.options().answerTimeout();
    answerTimer =
        session
            .context()
            .timers()
            .schedule(() -> session.link().execute(this::onSilence), patience.toNanos());
  }

  /** Lets others send; false when the attempt has been given up. */
  private boolean connect() {
    if (connected) {
      return true;
    }
    if (!client.connected(this)) { // from here on others may send
      session.link().abort();
      return false;
    }
    connected = true;
    client.announce(this);
    return true;
  }

  /** Ends a link that was opened when the attempt is given up. Any thread. */
  void abandon() {
    abandonTls();
    if (session.awaitsFirstFrame()) {
      session.link().execute(session.link()::abort);
    }
  }

  @Override
  public void onFirstFrame(ByteBuffer frame) {
    FirstFrame first = handshake.examine(frame);
    if (first instanceof FirstFrame.Answer answer) {
      onAnswer(answer.peer());
    } else if (first instanceof FirstFrame.Rejected refusal) {
      refuse(Initiator.PEER, refusal.code(), refusal.reason());
    } else if (first instanceof FirstFrame.Refused refusal) {
      refuse(Initiator.LOCAL, refusal.code(), refusal.reason());
    } else if (handshake.resumption() != null) {
      refuseSession("the server does not answer any more");
    } else if (handshake.requiresAnswer()) {
      refuse(
          Initiator.LOCAL,
          ErrorCode.E_HANDSHAKE_REJECTED,
          "the server does not negotiate, which an option requires");
    } else {
      ready(handshake.withoutAnswer());
      if (session.isOpen()) {
        session.deliver(frame);
      }
    }
  }

  private void onAnswer(PeerHandshake server) {
    answerTimer.run();
    if (!server.isUnverified()) {
      answered(server);
      return;
    }
    await(
        client.signatures().submit(() -> handshake.verify(server)),
        (verified, failure) -> {
          if (failure == null) {
            answered(verified);
          } else {
            refuse(failure);
          }
        });
  }

  private void answered(PeerHandshake server) {
    if (!session.awaitsFirstFrame()) {
      return; // closed meanwhile
    }
    if (ready && handshake.holdsMessages()) {
      // Messages went out as to a legacy server, which this one can no longer tell from checked
      // ones.
      refuse(Initiator.LOCAL, ErrorCode.E_HANDSHAKE_TIMEOUT, "the server's answer came too late");
      return;
    }
    peer(server);
    Agreement agreed = handshake.agreement(server);
    SessionGrant granted = handshake.grant(server);
    if (handshake.resumption() != null) {
      awaitResumed(agreed, granted);
    } else if (agreed.negotiated().session() && granted == null) {
      refuse(
          Initiator.LOCAL,
          ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD,
          "the server's answer grants a session without an id, a token and an epoch");
    } else {
      grant = granted;
      ready(agreed);
    }
  }

  // going on with a session that lost its link

  /** The server has answered; where it is in the session comes with a frame of its own. */
  private void awaitResumed(Agreement agreed, SessionGrant granted) {
    SessionGrant asked = handshake.resumption().grant();
    boolean same =
        agreed.negotiated().session()
            && granted != null
            && granted.id().equals(asked.id())
            && granted.epoch() == asked.epoch() + 1;
    if (!same) {
      refuseSession("the server answered with another session");
      return;
    }
    grant = granted;
    resuming = true;
    answerTimer =
        session
            .context()
            .timers()
            .schedule(
                () -> session.link().execute(this::onNotResumed),
                client.options().handshakeTimeout().toNanos());
    agreeAgain(agreed);
    session.awaitResumed();
    session.open(true);
  }

  private void onNotResumed() {
    if (resuming) {
      refuse(Initiator.LOCAL, ErrorCode.E_HANDSHAKE_TIMEOUT, "the server did not say RESUMED");
    }
  }

  private void refuseSession(String why) {
    refuse(Initiator.LOCAL, ErrorCode.E_SESSION_LOST, why);
  }

  @Override
  public void onResumed(long received) throws FrameException {
    if (!resuming) {
      throw new FrameException(ErrorCode.E_PROTOCOL_ERROR, "RESUMED that nobody asked for");
    }
    resuming = false;
    answerTimer.run();
    client.resume(this, received);
  }

  /** The session was closed while this link asked to go on with it: the server is told now. */
  void leaveSession() {
    session.close(
        new CloseReason(Initiator.LOCAL, null, "the session was closed while it had no link"),
        CLOSE_GRACE);
  }

  /** Whether another attempt's link may carry this connection on; refuses the server if not. */
  boolean canGoOnOver(ClientConnection<M> greeted, long received) {
    boolean can =
        session.outbound().canReplay(received)
            && greeted.negotiated().checksum() == negotiated().checksum();
    if (!can) {
      greeted.refuseSession("the server does not have what the session needs to go on");
    }
    return can;
  }

  /** Goes on over another attempt's link. On that link's loop. */
  void resumeOver(ClientConnection<M> greeted, long received) {
    grant = greeted.grant;
    if (!goOnOver(greeted, received)) {
      greeted.session.fail(ErrorCode.E_SESSION_LOST, "the session ended when it was to go on");
    }
  }

  /** What the next attempt asks for, while there is no link; with the {@link Reconnector}'s monitor. */
  ClientHandshake.Resumption resumption() {
    return new ClientHandshake.Resumption(
        grant, ++attempts, session.received(), session.outbound().acknowledged());
  }

  /** How long the server waits, in milliseconds. */
  long timeoutMillis() {
    return grant.timeoutMillis();
  }

  @Override
  void endSuspended(CloseReason why) {
    client.endSuspended(this, why);
  }

  /** Nobody but an application ends a session quietly: a server that goes away does not. */
  @Override
  boolean losesSession(CloseReason why) {
    return why.code() != null || session.peerDrains();
  }

  /** The session is over, which it was without a link. Returns what was not acknowledged. */
  List<ByteBuffer> lose(CloseReason why, boolean resends) {
    List<ByteBuffer> unknown = session.outbound().endUnacknowledged();
    List<M> messages = new ArrayList<>();
    for (ByteBuffer payload : unknown) {
      try {
        messages.add(codec().decode(payload.duplicate()));
      } catch (RuntimeException e) {
        dispatch(
            () ->
                error(
                    new QWormholeException(
                        ErrorCode.E_CODEC, "an own message of a lost session cannot be shown", e)));
      }
    }
    var loss = new SessionLoss<>(why.code(), why.detail(), messages, resends);
    dispatch(() -> client.events().lost(this, loss));
    end(why);
    return unknown;
  }

  /** The session is not wanted any more. */
  void end(CloseReason why) {
    session.outbound().close();
    tellTrust(why);
    tellClosed(why);
  }

  private void refuse(Throwable failure) {
    if (failure instanceof HandshakeRejection refused) {
      refuse(Initiator.LOCAL, refused.code(), refused.reason());
    } else {
      ErrorCode code =
          failure instanceof QWormholeException known
              ? known.code()
              : ErrorCode.E_HANDSHAKE_REJECTED;
      refuse(Initiator.LOCAL, code, "the handshake could not be made: " + failure.getMessage());
    }
  }

  private void refuse(Initiator initiator, ErrorCode code, String reason) {
    answerTimer.run();
    session
        .context()
        .tell(new TelemetryEvent.HandshakeRejected(session.source(), id(), code, reason));
    session.close(new CloseReason(initiator, code, reason), CLOSE_GRACE);
  }

  /** What the server says first may still be its answer, from a slow verification. */
  private void onSilence() {
    if (!session.awaitsFirstFrame()) {
      return;
    }
    if (handshake.requiresAnswer()) {
      refuse(Initiator.LOCAL, ErrorCode.E_HANDSHAKE_TIMEOUT, "the server did not answer in time");
      return;
    }
    agree(handshake.withoutAnswer());
    if (connect()) {
      session.assumeLegacy();
      tellReady();
    }
  }

  /** Whom this side talks to is known: a peer that negotiates or one that does not. */
  private void ready(Agreement agreement) {
    agree(agreement);
    if (connect()) {
      session.open(agreement.negotiated().scp());
      tellReady();
    }
  }

  private void tellReady() {
    answerTimer.run();
    if (!ready) {
      ready = true;
      client.ready(this);
    }
  }

  @Override
  public void onLinkClosed(CloseReason end) {
    CloseReason why = isProbablyRefused(end) ? LinkEnds.probablyRefused() : end;
    CloseReason reason = wantedOr(why);
    answerTimer.run();
    if (maySurvive(why) && ready) {
      if (!isSurvivable(why.code())) {
        client.sessionLost(this, lossOf(why));
        return;
      }
      tellSuspended(why);
      if (client.suspend(this, why)) {
        return;
      }
      session.outbound().close();
      reason = client.wantedOr(wantedOr(why));
    }
    if (ready) {
      tellTrust(reason);
    }
    if (reason.code() != null) {
      tellError(reason);
    }
    if (connected) {
      tellClosed(reason);
    }
    client.ended(this, reason);
  }

  private static CloseReason lossOf(CloseReason why) {
    ErrorCode code = why.code() == null ? ErrorCode.E_SESSION_LOST : why.code();
    return new CloseReason(why.initiator(), code, why.detail());
  }

  private boolean isProbablyRefused(CloseReason end) {
    if (!end.isOrderly() || end.initiator() != Initiator.PEER || refusableUntilNanos == 0) {
      return false;
    }
    boolean waits = handshake.holdsMessages() && !ready;
    boolean atOnce = session.context().timers().nanoTime() - refusableUntilNanos < 0;
    return (waits || atOnce) && handshake() == PeerHandshake.none() && session.received() == 0;
  }

  private void tellError(CloseReason reason) {
    dispatch(() -> error(new QWormholeException(reason.code(), reason.detail())));
  }
}
