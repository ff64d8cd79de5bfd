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

    private final long attempt;

    Claim(ServerSession<M> session, SessionGrant proven, SessionGrant grant, long attempt) {
      this.session = session;
      this.proven = proven;
      this.grant = grant;
      this.attempt = attempt;
    }

    /** Whether its client made it after another one: for a later epoch, or as a later attempt. */
    private boolean isNewerThan(Claim<M> other) {
      return grant.epoch() != other.grant.epoch()
          ? grant.epoch() > other.grant.epoch()
          : attempt > other.attempt;
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

  /** The newest one that there was, whether it has the session by now or not; null before the first. */
  private Claim<M> newest;

  Runnable cancelTimeout = () -> {};

  ServerSession(ServerConnection<M> connection, Optional<PeerIdentity> signer, SessionGrant grant) {
    this.connection = connection;
    this.signer = signer;
    this.grant = grant;
  }

  /** Remembers a claim; false when there was a newer one, or the same. */
  boolean admit(Claim<M> claim) {
    boolean newer = newest == null || claim.isNewerThan(newest);
    if (newer) {
      newest = claim;
    }
    return newer;
  }

  boolean isNewest(Claim<M> claim) {
    return newest == claim;
  }
}
