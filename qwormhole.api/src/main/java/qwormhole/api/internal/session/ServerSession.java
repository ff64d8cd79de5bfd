package qwormhole.api.internal.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.handshake.SessionGrant;

/**
 * A resumable session of a server's: what proves it, and whether a link carries it. Guarded by its
 * {@link ServerSessions}.
 */
final class ServerSession<M> {

  /** Whether a link carries the session, or none does, or it is over. */
  enum State {
    ATTACHED,
    SUSPENDED,
    ENDED
  }

  /** Somebody has proven to be the session's client, and is to carry it: the last one to do so. */
  static final class Claim<M> {
    final ServerSession<M> session;

    /** What the proof was made with. */
    final SessionGrant proven;

    /** What the client gets. */
    final SessionGrant grant;

    Claim(ServerSession<M> session, SessionGrant proven, SessionGrant grant) {
      this.session = session;
      this.proven = proven;
      this.grant = grant;
    }

    /** Completes when nothing is delivered any more of the link that carries the session now. */
    CompletionStage<Void> fence(boolean attached) {
      CompletableFuture<Void> fenced = new CompletableFuture<>();
      if (attached) {
        var link = session.connection.session.link();
        link.execute(
            () -> {
              session.connection.fence();
              fenced.complete(null);
            });
      } else {
        fenced.complete(null);
      }
      return fenced;
    }
  }

  final ServerConnection<M> connection;
  final Optional<PeerIdentity> signer;
  SessionGrant grant;

  /** That of the epoch before, as long as it is not known whether the client has the present one. */
  SessionGrant before;

  volatile boolean unconfirmed;
  State state = State.ATTACHED;
  Claim<M> claim;
  Runnable cancelTimeout = () -> {};

  ServerSession(ServerConnection<M> connection, Optional<PeerIdentity> signer, SessionGrant grant) {
    this.connection = connection;
    this.signer = signer;
    this.grant = grant;
  }
}
