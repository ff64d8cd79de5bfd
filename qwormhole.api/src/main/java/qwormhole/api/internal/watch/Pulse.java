package qwormhole.api.internal.watch;

/** For how long a loop has neither answered nor entered the core. Looked at by one thread. */
final class Pulse implements Runnable {
  private final WatchedLoop loop;
  private volatile boolean answered = true;
  private int entries;
  private long sinceNanos;
  private long outsideNanos;

  /** Whether the present silence has been told. */
  boolean told;

  Pulse(WatchedLoop loop) {
    this.loop = loop;
  }

  WatchedLoop loop() {
    return loop;
  }

  /** The answer; on the loop. */
  @Override
  public void run() {
    answered = true;
  }

  /** Returns the length of the present silence in nanoseconds, 0 for none; asks when that is due. */
  long silence(long now) {
    int seen = loop.entries();
    boolean asks = answered;
    if (asks || seen != entries) {
      startAnew(now);
      entries = seen;
      told = false;
    }
    if (asks) {
      answered = false;
      loop.ask(this);
    }
    return now - sinceNanos;
  }

  /**
   * Returns the part of it, in nanoseconds, in which no look saw the loop inside the core: one that has
   * just left a handler that took long has had no time to answer.
   */
  long silenceOutside(long now) {
    if (loop.isInside()) {
      outsideNanos = now;
    }
    return now - outsideNanos;
  }

  /** Counts from now on: the watcher itself had no time to look. */
  void startAnew(long now) {
    sinceNanos = now;
    outsideNanos = now;
  }
}
