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
 * The transport that carries an endpoint, and its successors: one that dies is left, and the next
 * candidate takes its place. Any thread.
 *
 * @param <S> what the endpoint has of a transport
 */
abstract class MovingTransport<S extends Station> {
  static final long LONGEST_MOVE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Side side;
  private final EndpointOptions<?> options;
  private final TransportEvents events;

  /** Held while the endpoint moves; whoever closes it waits for that, but a move gives way soon. */
  private final ReentrantLock moving = new ReentrantLock();

  private volatile S present; // changes while moving
  private boolean closed; // guarded by this

  MovingTransport(Side side, EndpointOptions<?> options, TransportEvents events) {
    this.side = side;
    this.options = options;
    this.events = events;
  }

  /** Opens a transport, which tells {@link #failed} of its death. */
  abstract S station(SelectionRequest request);

  /** The first one is there; what this throws is thrown to who opens it. */
  void begin(S first) {}

  /**
   * Another one is there and has been told to the endpoint.
   *
   * @return false when the endpoint has been closed meanwhile
   */
  boolean goOn(S next) {
    return true;
  }

  /** Opens the first one, or fails as that does. */
  final void open() {
    moving.lock(); // what dies at once is looked at when it is known
    try {
      S first = station(Engine.request(side, options));
      present = first;
      events.onCarriedBy(first.selected());
      begin(first);
    } finally {
      moving.unlock();
    }
  }

  // moving

  final void failed(Station dead, Throwable cause) {
    moving.lock();
    try {
      if (dead == present && !isClosed()) {
        move(dead, cause);
      }
    } finally {
      moving.unlock();
    }
  }

  private void move(Station dead, Throwable cause) {
    String mode = dead.selected().mode();
    QWormholeException why =
        new QWormholeException(
            ErrorCode.E_PROVIDER_FAILED,
            "the transport " + mode + " died: " + SafeText.of(String.valueOf(cause)),
            cause);
    events.onProviderFailed(mode, why);
    if (!options.migrateOnFailure()) {
      events.onTransportLost(why);
      return;
    }
    dead.leave(Duration.ZERO);
    try {
      if (moveOn(dead)) {
        events.onFailedOver(mode, why);
      }
    } catch (QWormholeException noOther) {
      why.addSuppressed(noOther);
      events.onTransportLost(why);
    }
  }

  /** False when the endpoint has been closed meanwhile. */
  private boolean moveOn(Station dead) {
    S next = station(dead.successor());
    if (!enter(next)) {
      next.leave(Duration.ZERO);
      return false;
    }
    events.onCarriedBy(next.selected());
    return goOn(next);
  }

  private synchronized boolean enter(S next) {
    if (!closed) {
      present = next;
    }
    return !closed;
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

  /** The present one's. */
  final SelectedTransport selected() {
    return present.selected();
  }
}
