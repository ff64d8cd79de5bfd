package qwormhole.api.internal.session;

import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until it is moved; what is due runs in the thread that moves it. */
final class ManualTimers implements Timers {
  private final List<Task> tasks = new ArrayList<>();
  private long now;

  private static final class Task {
    final Runnable action;
    final long periodNanos;
    long dueNanos;

    Task(Runnable action, long dueNanos, long periodNanos) {
      this.action = action;
      this.dueNanos = dueNanos;
      this.periodNanos = periodNanos;
    }
  }

  /** A clock that is about to overflow, since that of a machine may be. */
  ManualTimers() {
    this(Long.MAX_VALUE - 1_000_000_000L);
  }

  ManualTimers(long startNanos) {
    now = startNanos;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Runnable schedule(Runnable task, long delayNanos) {
    return add(new Task(task, now + delayNanos, 0));
  }

  @Override
  public synchronized Runnable repeat(Runnable task, long periodNanos) {
    return add(new Task(task, now + periodNanos, periodNanos));
  }

  private Runnable add(Task task) {
    tasks.add(task);
    return () -> remove(task);
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }

  /** How many tasks wait. */
  synchronized int waiting() {
    return tasks.size();
  }

  /** Moves the clock and runs what becomes due, in order, each at its time. */
  void advance(long nanos) {
    long end = nanoTime() + nanos;
    for (Task due = next(end); due != null; due = next(end)) {
      due.action.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** Moves the clock to the next task and runs it; false when none waits. */
  boolean advanceToNext() {
    long delay;
    synchronized (this) {
      if (tasks.isEmpty()) {
        return false;
      }
      delay = tasks.stream().mapToLong(task -> task.dueNanos - now).min().getAsLong();
    }
    advance(Math.max(0, delay));
    return true;
  }

  private synchronized Task next(long end) {
    Task first = null;
    for (Task task : tasks) {
      if (task.dueNanos - end <= 0 && (first == null || task.dueNanos - first.dueNanos < 0)) {
        first = task;
      }
    }
    if (first != null) {
      now = first.dueNanos - now > 0 ? first.dueNanos : now;
      if (first.periodNanos > 0) {
        first.dueNanos = now + first.periodNanos;
      } else {
        tasks.remove(first);
      }
    }
    return first;
  }
}
