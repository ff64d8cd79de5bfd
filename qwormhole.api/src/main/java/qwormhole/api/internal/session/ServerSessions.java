package qwormhole.api.internal.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.handshake.HandshakeRejection;
import qwormhole.api.internal.handshake.ResumeRequest;
import qwormhole.api.internal.handshake.SessionGrant;
import qwormhole.api.internal.session.ServerSession.Claim;
import qwormhole.api.internal.session.ServerSession.State;

/**
 * A server's resumable sessions (protocol section 5): who may go on with one, and how long those
 * without a link are kept. Any thread; nothing here is done per message.
 */
final class ServerSessions<M> {
  private final ServerOptions<M> options;
  private final Timers timers;
  private final SecureRandom random = new SecureRandom();
  private final String boot = SessionGrant.newId(random);

  // Guarded by this.
  private final Map<String, ServerSession<M>> byId = new HashMap<>();
  private final Set<ServerSession<M>> suspended = new LinkedHashSet<>(); // the oldest first

  ServerSessions(ServerOptions<M> options, Timers timers) {
    this.options = options;
    this.timers = timers;
  }

  /** What a client gets with a new session. */
  SessionGrant grant() {
    return SessionGrant.first(
        random, boot, options.sessionTimeout().toMillis(), options.replayBytes());
  }

  /** A connection that was granted a session is accepted. */
  synchronized ServerSession<M> begin(
      ServerConnection<M> connection, Optional<PeerIdentity> signer, SessionGrant grant) {
    var session = new ServerSession<>(connection, signer, grant);
    byId.put(grant.id(), session);
    return session;
  }

  /**
   * Somebody asks to go on with a session. The answer does not tell what was wrong, so that nobody can
   * find out which sessions there are; only who has the token is told that a newer attempt came first.
   *
   * @throws HandshakeRejection with {@code E_SESSION_UNKNOWN} when there is no such session, or not for
   *     this peer, or with {@code E_RESUME_SUPERSEDED}
   */
  synchronized Claim<M> claim(ResumeRequest request, Optional<PeerIdentity> signer)
      throws HandshakeRejection {
    ServerSession<M> session = byId.get(request.id());
    boolean known = session != null && session.signer.equals(signer);
    SessionGrant proven = known ? proven(session, request) : null;
    if (proven == null) {
      throw unknown();
    }
    Claim<M> claim = new Claim<>(session, proven, proven.next(random), request.attempt());
    if (!session.admit(claim)) {
      throw superseded();
    }
    return claim;
  }

  private static HandshakeRejection unknown() {
    return new HandshakeRejection(ErrorCode.E_SESSION_UNKNOWN, "there is no such session")
        .answerable(true);
  }

  private static HandshakeRejection superseded() {
    return new HandshakeRejection(
            ErrorCode.E_RESUME_SUPERSEDED, "a newer attempt to resume the session came first")
        .answerable(true);
  }

  /** An old attempt judges nothing: what it says of the session is no longer so. */
  synchronized void requireNewest(Claim<M> claim) throws HandshakeRejection {
    if (!claim.session.isNewest(claim)) {
      throw superseded();
    }
  }

  /** A client that never got its last answer still has the grant before. */
  private static SessionGrant proven(ServerSession<?> session, ResumeRequest request) {
    if (request.epoch() == session.grant.epoch() + 1) {
      return session.grant.isProvenBy(request) ? session.grant : null;
    }
    if (session.unconfirmed && request.epoch() == session.grant.epoch()) {
      return session.before.isProvenBy(request) ? session.before : null;
    }
    return null;
  }

  /** Whether a link carries the session. */
  synchronized boolean isAttached(ServerSession<M> session) {
    return session.state == State.ATTACHED;
  }

  /** The link of a claim is to carry its session, unless another claim came, or the end. */
  synchronized void takeOver(Claim<M> claim) throws HandshakeRejection {
    ServerSession<M> session = claim.session;
    requireNewest(claim);
    if (session.state != State.SUSPENDED) {
      throw unknown();
    }
    session.cancelTimeout.run();
    suspended.remove(session);
    session.state = State.ATTACHED;
    session.before = claim.proven;
    session.grant = claim.grant;
    session.unconfirmed = true;
  }

  /** The client has shown that it has the latest grant: that before is of no use any more. */
  synchronized void confirm(ServerSession<M> session) {
    session.unconfirmed = false;
    session.before = null;
  }

  /** A session's link is lost; false when the session is not wanted any more. */
  boolean suspend(ServerSession<M> session) {
    List<ServerSession<M>> over;
    synchronized (this) {
      if (session.state != State.ATTACHED || session.connection.isClosing()) {
        return false;
      }
      session.state = State.SUSPENDED;
      session.cancelTimeout =
          timers.schedule(() -> expire(session), options.sessionTimeout().toNanos());
      suspended.add(session);
      over = overLimits();
    }
    end(over);
    return true;
  }

  private void expire(ServerSession<M> session) {
    session.connection.endSuspended(
        lost("the client did not come back within the session's timeout"));
  }

  /** What sessions hold grows while they wait: to be called now and then. */
  void sweep() {
    List<ServerSession<M>> over;
    synchronized (this) {
      over = overLimits();
    }
    end(over);
  }

  /** The oldest of those that are too many. */
  private List<ServerSession<M>> overLimits() {
    int count = suspended.size();
    long bytes = 0;
    for (ServerSession<M> session : suspended) {
      bytes += session.connection.session.outbound().heldBytes();
    }
    List<ServerSession<M>> over = new ArrayList<>();
    for (Iterator<ServerSession<M>> oldest = suspended.iterator();
        count > options.maxSuspended() || bytes > options.maxSuspendedBytes();
        count--) {
      ServerSession<M> session = oldest.next();
      bytes -= session.connection.session.outbound().heldBytes();
      over.add(session);
    }
    return over;
  }

  private void end(List<ServerSession<M>> sessions) {
    for (ServerSession<M> session : sessions) {
      session.connection.endSuspended(lost("more sessions wait for their clients than may"));
    }
  }

  private static CloseReason lost(String detail) {
    return new CloseReason(Initiator.LOCAL, ErrorCode.E_SESSION_LOST, detail);
  }

  /** Ends a session; true when no link carries it, so that the caller ends its connection. */
  synchronized boolean end(ServerSession<M> session, boolean onlySuspended) {
    boolean was = session.state == State.SUSPENDED;
    if (was || !onlySuspended) {
      session.cancelTimeout.run();
      session.state = State.ENDED;
      suspended.remove(session);
      byId.remove(session.grant.id());
    }
    return was;
  }
}
