package qwormhole.lws;

import java.util.PriorityQueue;

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

  boolean isEmpty() {
    return timers.isEmpty();
  }

  /** When the first one is due, by {@code System.nanoTime}; not when there is none. */
  long nextNanos() {
    return timers.element().atNanos;
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
