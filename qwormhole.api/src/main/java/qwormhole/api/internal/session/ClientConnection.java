package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.Agreement;
import qwormhole.api.internal.handshake.ClientHandshake;
import qwormhole.api.internal.handshake.FirstFrame;
import qwormhole.api.internal.handshake.HandshakeRejection;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.telemetry.TelemetryEvent;

/** A client's end of a connection: speaks first, and finds out whom it talks to. On its loop. */
final class ClientConnection<M> extends PeerConnection<M> {
  private final ClientEndpoint<M> client;
  private final ClientHandshake handshake;
  private Runnable answerTimer = () -> {};
  private boolean connected;
  private boolean ready;

  ClientConnection(ClientEndpoint<M> client, long id, ClientHandshake handshake, String mode) {
    super(
        client.context(),
        id,
        client.options().maxFrameBytes(),
        client.options().codec(),
        client,
        client.handlers(),
        mode);
    this.client = client;
    this.handshake = handshake;
  }

  @Override
  public void onLinkOpen() {
    handshake.addTags(tlsTags());
    if (!client.options().handshake()) {
      ready(handshake.withoutAnswer());
    } else if (session.isGivenUp()) {
      session.link().abort();
    } else if (handshake.signs()) {
      await(
          client.handshakeWorker().submit(handshake::payload),
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
    if (!handshake.holdsMessages() && !connect()) {
      return;
    }
    if (!client.options().negotiate()) {
      ready(handshake.withoutAnswer());
      return;
    }
    Duration patience =
        handshake.requiresAnswer()
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
        client.handshakeWorker().submit(() -> handshake.verify(server)),
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
    ready(handshake.agreement(server));
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
  public void onLinkClosed(CloseReason reason) {
    answerTimer.run();
    if (ready) {
      tellTrust(reason);
    }
    if (reason.code() != null) {
      dispatch(() -> error(new QWormholeException(reason.code(), reason.detail())));
    }
    if (connected) {
      tellClosed(reason);
    }
    client.ended(this, reason);
  }
}
