package qwormhole.libsocket;

import java.util.ArrayDeque;

/**
 * Tasks for one loop, in order of submission: any thread adds, the loop runs. Two queues take
 * turns, so that the loop takes the lock once a turn and an addition allocates nothing.
 */
final class TaskQueue {

  private ArrayDeque<Runnable> filling = new ArrayDeque<>();
  private ArrayDeque<Runnable> running = new ArrayDeque<>();
  private boolean closed;

  /** Adds a task; false when the queue is closed and the task will not run. */
  synchronized boolean add(Runnable task) {
    return !closed && filling.add(task);
  }

  synchronized boolean isEmpty() {
    return filling.isEmpty();
  }

  /** Refuses tasks from now on; those already added still run. */
  synchronized void close() {
    closed = true;
  }

  /** Runs what was added before this call; what a task adds waits for the next call. */
  void runAll() {
    swap();
    for (Runnable task = running.poll(); task != null; task = running.poll()) {
      try {
        task.run();
      } catch (Throwable thrown) {
        Uncaught.report(thrown);
      }
    }
  }

  private synchronized void swap() {
    ArrayDeque<Runnable> filled = filling;
    filling = running;
    running = filled;
  }
}
