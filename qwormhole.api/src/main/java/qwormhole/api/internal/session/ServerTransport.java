package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.Side;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.Acceptor;

/**
 * The transport that a server listens through, and its successors: one that dies is ended, and the
 * next candidate listens on the same address. Any thread.
 */
final class ServerTransport {
  private static final long REBIND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long REBIND_PAUSE_MILLIS = 20;

  private final Engine engine;
  private final ServerOptions<?> options;
  private final Acceptor acceptor;
  private final TransportEvents events;

  /** Held while the server moves; whoever closes it waits for that, but a move gives way soon. */
  private final ReentrantLock moving = new ReentrantLock();

  private volatile Station station;
  private volatile InetSocketAddress address;
  private boolean closed; // guarded by this

  ServerTransport(
      Engine engine, ServerOptions<?> options, Acceptor acceptor, TransportEvents events) {
    this.engine = engine;
    this.options = options;
    this.acceptor = acceptor;
    this.events = events;
  }

  /** Opens the first transport and listens; fails as it would. */
  void open(InetSocketAddress wanted) {
    moving.lock(); // what dies at once is looked at when it is known
    try {
      station =
          new Station(engine, Engine.request(Side.SERVER, options), options, this::failed, events);
      events.onCarriedBy(station.selected());
      try {
        address = station.listen(wanted, acceptor);
      } catch (RuntimeException | Error e) {
        station.leave(Duration.ZERO);
        throw e;
      }
    } finally {
      moving.unlock();
    }
  }

  private void failed(Station dead, Throwable cause) {
    moving.lock();
    try {
      if (dead == station && !isClosed()) {
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
    dead.stopListening();
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

  /** False when the server has been closed meanwhile. */
  private boolean moveOn(Station dead) {
    Station next = new Station(engine, dead.successor(), options, this::failed, events);
    if (!enter(next)) {
      next.leave(Duration.ZERO);
      return false;
    }
    events.onCarriedBy(next.selected());
    long deadline = System.nanoTime() + REBIND_NANOS;
    while (true) {
      try {
        next.listen(address, acceptor);
        return true;
      } catch (QWormholeException e) {
        // A loop that hangs may hold the port for a moment longer than its transport was waited
        // for.
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      if (awaitClose(REBIND_PAUSE_MILLIS)) {
        return false;
      }
    }
  }

  /** Before it listens: what it accepts is told the truth of what carries it. */
  private synchronized boolean enter(Station next) {
    if (!closed) {
      station = next;
    }
    return !closed;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @SuppressWarnings("WaitNotInLoop") // a pause that a close cuts short
  private synchronized boolean awaitClose(long millis) {
    try {
      if (!closed) {
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return closed;
  }

  /** Accepts nothing more, and moves no more. */
  void stop() {
    Station last;
    synchronized (this) {
      closed = true;
      notifyAll();
      last = station;
    }
    last.stopListening();
  }

  /** After {@link #stop}: ends the transport and waits for its threads. */
  void leave(Duration grace) {
    boolean still = false;
    try {
      still = moving.tryLock(REBIND_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      station.stopListening(); // a move may have been about to listen
      station.leave(grace);
    } finally {
      if (still) {
        moving.unlock();
      }
    }
  }

  /** The present one. */
  Station station() {
    return station;
  }

  /** The bound address, which stays. */
  InetSocketAddress address() {
    return address;
  }
}
