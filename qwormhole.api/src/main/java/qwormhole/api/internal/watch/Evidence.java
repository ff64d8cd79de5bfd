package qwormhole.api.internal.watch;

import java.util.concurrent.TimeUnit;
import qwormhole.api.internal.watch.ThreadSample.State;

/**
 * Weighs what successive looks see of one silent thread: late or stuck. A thread is stuck when it could
 * have moved and did not. Time counts for that only while it slept, or used a processor, and no
 * thread of the process was kept from one: a thread that sleeps may wait for one that is runnable and
 * does not run. A pure function of what it is given.
 */
final class Evidence {
  /** Intervals in a row that must count. */
  static final int INTERVALS = 2;

  /** As many where the kernel does not tell of the thread, so that its lateness cannot be seen. */
  static final int INTERVALS_BLIND = 10;

  /** A thread that slept for so long without the least use of a processor is stuck in any weather. */
  static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private ThreadSample before; // null before the first look
  private long beforeNanos;
  private long stillSinceNanos;
  private int counted;

  /** The thread gave a sign of life. */
  void clear() {
    before = null;
    counted = 0;
  }

  /**
   * Adds a look; true when the thread is stuck.
   *
   * @param starved whether a thread of the process was kept from a processor since the look before
   */
  boolean add(long nowNanos, ThreadSample sample, boolean starved) {
    if (before == null || isAwake(sample)) {
      stillSinceNanos = nowNanos;
    }
    if (before != null) {
      boolean counts = !starved && couldMove(sample, nowNanos - beforeNanos);
      counted = counts ? counted + 1 : 0;
    }
    before = sample;
    beforeNanos = nowNanos;
    int needed = sample.state() == State.UNKNOWN ? INTERVALS_BLIND : INTERVALS;
    return counted >= needed || nowNanos - stillSinceNanos >= STILL_NANOS;
  }

  private boolean isAwake(ThreadSample sample) {
    return sample.state() != State.ASLEEP || sample.cpuNanos() != before.cpuNanos();
  }

  private boolean couldMove(ThreadSample sample, long intervalNanos) {
    return switch (sample.state()) {
      case ASLEEP, UNNUMBERED, UNKNOWN -> true;
      case RUNNABLE -> sample.cpuNanos() - before.cpuNanos() >= intervalNanos / 2;
      case STOPPED -> false;
    };
  }
}
