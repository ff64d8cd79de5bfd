package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import qwormhole.api.EndpointOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.internal.text.SafeText;

/**
 * The transport that carries an endpoint, and its successors: one that dies is left, and another takes
 * its place, by the rules of {@link Succession}. Any thread.
 *
 * @param <S> what the endpoint has of a transport
 */
abstract class MovingTransport<S extends Station> {
  private static final long LONGEST_MOVE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SelectionRequest wanted;
  private final EndpointOptions<?> options;
  private final TransportEvents events;
  private final Succession succession;

  /** Held while the endpoint moves; whoever closes it waits for that, but a move gives way soon. */
  private final ReentrantLock moving = new ReentrantLock();

  private volatile S present; // changes while moving
  private QWormholeException lost; // why the present one has died; changes while moving
  private boolean closed; // guarded by this

  MovingTransport(Side side, EndpointOptions<?> options, TransportEvents events) {
    this.wanted = Engine.request(side, options);
    this.options = options;
    this.events = events;
    this.succession = new Succession(wanted, options.failoverTimeout());
  }

  /** Opens a transport that serves, which tells {@link #failed} of its death. */
  abstract S station(SelectionRequest request);

  /** Opens the first one, or fails as that does. */
  final void open() {
    moving.lock(); // what dies at once is looked at when it is known
    try {
      carriedBy(station(wanted));
    } finally {
      moving.unlock();
    }
  }

  /** The present one has done what it was opened for. */
  final void served() {
    succession.served();
  }

  // moving

  /** A transport has died: if it is the present one, {@link #move} follows. */
  final void failed(Station dead, Throwable cause) {
    moving.lock();
    try {
      if (dead != present || isClosed()) {
        return;
      }
      String mode = dead.selected().mode();
      lost =
          new QWormholeException(
              ErrorCode.E_PROVIDER_FAILED,
              "the transport " + mode + " died: " + SafeText.of(String.valueOf(cause)),
              cause);
      succession.died(dead.selected().id(), cause, System.nanoTime());
      events.onProviderFailed(mode, lost);
    } finally {
      moving.unlock();
    }
  }

  /** Goes from a transport that has died to another one, or ends the endpoint. */
  final void move(Station dead) {
    moving.lock();
    try {
      if (dead != present || lost == null || isClosed()) {
        return;
      }
      QWormholeException why = lost;
      lost = null;
      if (options.migrateOnFailure()) {
        moveOn(dead, why);
      } else {
        events.onTransportLost(why);
      }
    } finally {
      moving.unlock();
    }
  }

  private void moveOn(Station dead, QWormholeException why) {
    QWormholeException end = why;
    boolean settled = false;
    try {
      dead.leave(Duration.ZERO);
      S next = successor(why);
      if (next != null) {
        carriedBy(next);
        events.onFailedOver(dead.selected().mode(), why);
      }
      settled = true;
    } catch (QWormholeException nobody) {
      end = nobody;
    } finally {
      if (!settled) {
        events.onTransportLost(end);
      }
    }
  }

  /** Null when the endpoint has been closed meanwhile; throws when none has served in time. */
  private S successor(QWormholeException why) {
    while (!isClosed()) {
      QWormholeException none;
      try {
        return wantedStill(station(succession.next()));
      } catch (QWormholeException e) {
        none = e;
      }
      long pauseNanos = succession.pauseNanos(System.nanoTime());
      if (pauseNanos < 0) {
        throw new QWormholeException(
            ErrorCode.E_PROVIDER_FAILED,
            why.detail()
                + "; none took over within "
                + options.failoverTimeout().toMillis()
                + " ms: "
                + none.detail(),
            why.getCause());
      }
      awaitEnd(pauseNanos);
    }
    return null;
  }

  private S wantedStill(S next) {
    if (!isClosed()) {
      return next;
    }
    next.leave(Duration.ZERO);
    return null;
  }

  private void carriedBy(S next) {
    succession.opened(System.nanoTime());
    present = next;
    events.onCarriedBy(next.selected());
    next.serve();
  }

  /** A pause that a close cuts short. */
  @SuppressWarnings("WaitNotInLoop")
  private synchronized void awaitEnd(long nanos) {
    try {
      if (!closed && nanos > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QWormholeException(ErrorCode.E_PROVIDER_FAILED, "the failover was interrupted", e);
    }
  }

  final synchronized boolean isClosed() {
    return closed;
  }

  // the end

  /** Moves no more. Returns the present one. */
  final synchronized S end() {
    closed = true;
    notifyAll();
    return present;
  }

  /** Moves no more, and leaves the transport. */
  final void leave(Duration grace) {
    end();
    boolean still = false;
    try {
      still = moving.tryLock(LONGEST_MOVE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      S last = present;
      if (last != null) {
        last.leave(grace);
      }
    } finally {
      if (still) {
        moving.unlock();
      }
    }
  }

  /** Who is told of what happens. */
  final TransportEvents events() {
    return events;
  }

  /** The present one; null before the first. */
  final S present() {
    return present;
  }

  /** The present one's. */
  final SelectedTransport selected() {
    return present.selected();
  }
}
