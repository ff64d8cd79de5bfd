package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import qwormhole.api.ClientOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.internal.text.SafeText;

/**
 * The transport that a client connects through, its own or one that it shares, and its successors:
 * one that dies is left, and the next candidate takes its place. Any thread.
 */
final class ClientTransport {
  private static final long LONGEST_MOVE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Engine engine;
  private final boolean shares;
  private final ClientOptions<?> options;
  private final TransportEvents events;

  /** Held while the client moves; whoever closes it waits for that. */
  private final ReentrantLock moving = new ReentrantLock();

  private volatile Use use;
  private boolean closed; // guarded by this

  /** One transport and this client's place among its users. */
  private final class Use implements TransportUser {
    private final Engine.Lease lease;

    Use(SelectionRequest request) {
      lease =
          shares
              ? engine.share(request, options.loops(), this)
              : engine.lease(request, options.loops(), this);
    }

    @Override
    public void failed(Throwable cause) {
      ClientTransport.this.failed(this, cause);
    }

    @Override
    public void blocked(String loop, Duration since, String where) {
      events.onLoopBlocked(loop, since, where);
    }

    void leave(Duration grace) {
      lease.release(this, grace);
    }
  }

  ClientTransport(Engine engine, boolean shares, ClientOptions<?> options, TransportEvents events) {
    this.engine = engine;
    this.shares = shares;
    this.options = options;
    this.events = events;
  }

  /** Opens the first one, or fails as that does. */
  void open() {
    moving.lock(); // what dies at once is looked at when it is known
    try {
      use = new Use(Engine.request(Side.CLIENT, options));
      events.onCarriedBy(use.lease.selected());
    } finally {
      moving.unlock();
    }
  }

  private void failed(Use dead, Throwable cause) {
    moving.lock();
    try {
      if (dead == use && !isClosed()) {
        move(dead, cause);
      }
    } finally {
      moving.unlock();
    }
  }

  private void move(Use dead, Throwable cause) {
    String mode = dead.lease.selected().mode();
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
      Use next = new Use(dead.lease.successor());
      if (enter(next)) {
        events.onCarriedBy(next.lease.selected());
        events.onFailedOver(mode, why);
      } else {
        next.leave(Duration.ZERO);
      }
    } catch (QWormholeException noOther) {
      why.addSuppressed(noOther);
      events.onTransportLost(why);
    }
  }

  private synchronized boolean enter(Use next) {
    if (!closed) {
      use = next;
    }
    return !closed;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** The present one. */
  SelectedTransport selected() {
    return use.lease.selected();
  }

  /** Moves no more, and leaves the transport; its last user waits for its threads. */
  void leave(Duration grace) {
    synchronized (this) {
      closed = true;
    }
    boolean still = false;
    try {
      still = moving.tryLock(LONGEST_MOVE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (use != null) {
        use.leave(grace);
      }
    } finally {
      if (still) {
        moving.unlock();
      }
    }
  }
}
