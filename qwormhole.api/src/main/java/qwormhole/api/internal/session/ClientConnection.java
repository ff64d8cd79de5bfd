package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.ClientHandshake;
import qwormhole.api.internal.handshake.FirstFrame;
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
    boolean speaks = client.options().handshake();
    if (speaks && !session.isGivenUp()) {
      session.outbound().addControl(ByteBuffer.wrap(handshake.payload()), true);
    }
    if (!client.connected(this)) { // from here on others may send
      session.link().abort();
      return;
    }
    connected = true;
    client.announce(this);
    if (!speaks || !client.options().negotiate()) {
      open(false);
      return;
    }
    answerTimer =
        session
            .context()
            .timers()
            .schedule(
                () -> session.link().execute(this::assumeLegacy),
                client.options().answerTimeout().toNanos());
  }

  @Override
  public void onFirstFrame(ByteBuffer frame) {
    FirstFrame first = handshake.examine(frame);
    if (first instanceof FirstFrame.Answer answer) {
      peer(answer.peer());
      open(true);
    } else if (first instanceof FirstFrame.Rejected refusal) {
      var context = session.context();
      context.tell(
          new TelemetryEvent.HandshakeRejected(
              session.source(), id(), refusal.code(), refusal.reason()));
      session.close(new CloseReason(Initiator.PEER, refusal.code(), refusal.reason()), CLOSE_GRACE);
    } else {
      open(false);
      session.deliver(frame);
    }
  }

  /** Whom this side talks to is known: a peer that negotiates or one that does not. */
  private void open(boolean negotiated) {
    session.open(negotiated);
    ready();
  }

  /** The server is silent. What it says first may still be its answer, from a slow authorisation. */
  private void assumeLegacy() {
    if (session.awaitsFirstFrame()) {
      session.assumeLegacy();
      ready();
    }
  }

  private void ready() {
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
