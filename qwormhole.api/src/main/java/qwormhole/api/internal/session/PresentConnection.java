package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * Keeps the connection that a client has, also while its session waits for its next link, and ends a
 * session that waits in vain. Its state changes under its own monitor, which may be taken with the
 * {@link Reconnector}'s held and never the other way round; nobody is told anything with it held.
 */
final class PresentConnection<M> {
  private final ClientOptions<M> options;
  private final Timers timers;
  private final Traffic traffic = new Traffic();
  private volatile ClientConnection<M> current; // changes under the monitor

  // Guarded by this.
  private boolean suspended; // the current one
  private long suspendedNanos;
  private List<ByteBuffer> resends = List.of();

  PresentConnection(ClientOptions<M> options, Timers timers) {
    this.options = options;
    this.timers = timers;
  }

  /** The present one, or null. */
  ClientConnection<M> get() {
    return current;
  }

  /** A new connection, which first sends again what a lost session did not get through. */
  synchronized void begin(ClientConnection<M> connection) {
    for (ByteBuffer payload : resends) {
      connection.session.outbound().offerAnyway(payload);
    }
    resends = List.of();
    current = connection;
  }

  /** Its link is lost, and its session waits for the next one. */
  synchronized void suspend() {
    suspended = true;
    suspendedNanos = timers.nanoTime();
  }

  /** The one that waits for a link, or null. */
  synchronized ClientConnection<M> suspended() {
    return suspended ? current : null;
  }

  /** It has a link again; false when none waits. */
  synchronized boolean resume() {
    boolean was = suspended;
    suspended = false;
    return was;
  }

  /** A link has ended that no session goes on from; one that waits goes on waiting. */
  synchronized void linkEnded() {
    current = suspended ? current : null;
  }

  /** Takes the one that waits for a link away from it; null when none does. */
  synchronized ClientConnection<M> takeSuspended() {
    ClientConnection<M> taken = suspended ? current : null;
    if (suspended) {
      suspended = false;
      current = null;
    }
    return taken;
  }

  // the end of a session

  /** The server does not keep a session for longer: nobody needs to ask. */
  void loseIfTimedOut() {
    ClientConnection<M> waits = current;
    boolean over;
    synchronized (this) {
      over =
          suspended
              && timers.nanoTime() - suspendedNanos
                  > TimeUnit.MILLISECONDS.toNanos(waits.timeoutMillis());
    }
    if (over) {
      loseSuspended(
          new CloseReason(
              Initiator.LOCAL,
              ErrorCode.E_SESSION_LOST,
              "the client did not come back within the session's timeout"));
    }
  }

  /**
   * The application is told what became of the session, once, and nothing of it remains; false when
   * none waits.
   */
  boolean loseSuspended(CloseReason why) {
    ClientConnection<M> lost = takeSuspended();
    if (lost != null) {
      lose(lost, why);
    }
    return lost != null;
  }

  /** The same of one that ends with its link. */
  void losePresent(ClientConnection<M> connection, CloseReason why) {
    linkEnded();
    lose(connection, why);
  }

  private void lose(ClientConnection<M> lost, CloseReason why) {
    List<ByteBuffer> unknown = lost.lose(why, options.resendOnSessionLoss());
    traffic.ended(lost);
    if (options.resendOnSessionLoss()) {
      synchronized (this) {
        resends = unknown;
      }
    }
  }

  /** The application closes a connection that has no link. */
  void endSuspended(ClientConnection<M> connection, CloseReason why) {
    if (current == connection && takeSuspended() == connection) {
      connection.end(why);
      traffic.ended(connection);
    }
  }

  /**
   * A client that closes takes its session with it; one that fails says what is lost.
   *
   * @param taken from {@link #takeSuspended}; may be null
   */
  void end(ClientConnection<M> taken, CloseReason reason) {
    if (taken == null) {
      return;
    }
    if (reason.code() != null) {
      lose(taken, reason);
    } else {
      taken.end(reason);
      traffic.ended(taken);
    }
  }

  // counting

  /** A connection, the present one or another, has ended: what its counters say is final. */
  void count(ClientConnection<M> ended) {
    traffic.ended(ended);
  }

  /** The sum over all connections that there were. */
  ConnectionStatistics traffic() {
    ClientConnection<M> connection = current;
    return traffic.with(connection == null ? List.of() : List.of(connection));
  }
}
