package qwormhole.libsocket;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What a loop does later. Only for the rare things, so that an idle loop has none and sleeps. */
final class Timers {

  private record Timer(long atNanos, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.signum(atNanos - other.atNanos); // nanoTime may overflow
    }
  }

  private final PriorityQueue<Timer> timers = new PriorityQueue<>();

  void after(long delayNanos, Runnable task) {
    timers.add(new Timer(System.nanoTime() + delayNanos, task));
  }

  /** How long the loop may sleep, in milliseconds: at least 1, or -1 for ever. */
  int sleepMillis() {
    Timer next = timers.peek();
    if (next == null) {
      return -1;
    }
    long nanos = next.atNanos - System.nanoTime();
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  void runDue() {
    for (Timer next = timers.peek(); next != null; next = timers.peek()) {
      if (next.atNanos - System.nanoTime() > 0) {
        return;
      }
      timers.poll().task.run();
    }
  }
}
