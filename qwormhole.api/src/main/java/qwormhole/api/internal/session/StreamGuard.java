package qwormhole.api.internal.session;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import qwormhole.api.internal.observe.Log;

/**
 * Looks at streaming links, to send the tail of a stream that has stopped: after {@link #PERIOD_NANOS},
 * and while all go on streaming less and less often, up to {@link #LONGEST_NANOS}, since a look costs
 * the senders processor time. One thread for all links of an engine, started with the first stream and asleep while there is none;
 * a look allocates nothing.
 */
final class StreamGuard implements Runnable {
  static final long PERIOD_NANOS = 200_000;
  static final long LONGEST_NANOS = 4 * PERIOD_NANOS;

  private final ThreadFactory threads;
  private Thread thread;
  private Flusher first;
  private volatile boolean idle;
  private volatile boolean closed;

  StreamGuard(ThreadFactory threads) {
    this.threads = threads;
  }

  /** Watches a link that is not watched yet. */
  void watch(Flusher stream) {
    synchronized (this) {
      if (closed) {
        return;
      }
      stream.nextGuarded = first;
      first = stream;
      if (thread == null) {
        thread = threads.newThread(this);
        thread.start();
      }
    }
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    long period = PERIOD_NANOS;
    while (!closed) {
      if (isEmpty()) {
        period = PERIOD_NANOS;
        idle = true;
        if (isEmpty() && !closed) {
          LockSupport.park(this);
        }
        idle = false;
      } else {
        LockSupport.parkNanos(this, period);
        period = look() ? Math.min(2 * period, LONGEST_NANOS) : PERIOD_NANOS;
      }
    }
  }

  private synchronized boolean isEmpty() {
    return first == null;
  }

  /** Looks at each link once, lets go those that do not stream any more; whether all still do. */
  boolean look() {
    boolean all = true;
    Flusher streams;
    synchronized (this) {
      streams = first;
      first = null;
    }
    while (streams != null) {
      Flusher next = streams.nextGuarded;
      streams.nextGuarded = null;
      if (isStillStreaming(streams)) {
        synchronized (this) {
          streams.nextGuarded = first;
          first = streams;
        }
      } else {
        all = false;
      }
      streams = next;
    }
    return all;
  }

  /** A provider that throws here must not take the guard from the other links. */
  private static boolean isStillStreaming(Flusher stream) {
    try {
      return stream.isStillStreaming();
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("guard", "a link could not be asked for a flush: " + e);
      return false;
    }
  }

  /** Ends the thread. */
  void close() {
    closed = true;
    Thread ending;
    synchronized (this) {
      ending = thread;
      first = null;
    }
    LockSupport.unpark(ending);
  }
}
