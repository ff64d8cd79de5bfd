package qwormhole.api.internal.watch;

import java.util.ArrayDeque;
import qwormhole.api.internal.observe.Log;

/**
 * The core's tasks for one loop, in order of submission. They wait here and not with the provider, so
 * that another thread can run them when the loop hangs. Any thread adds, whoever plays the loop runs.
 */
final class LoopTasks {
  private ArrayDeque<Runnable> filling = new ArrayDeque<>();
  private ArrayDeque<Runnable> running = new ArrayDeque<>(); // of whoever plays the loop
  private volatile Thread runner; // the last one
  private boolean asked;
  private boolean rescued;
  private boolean closed;

  /** Adds a task; true when the provider's loop has to be asked to run what is here. */
  synchronized boolean add(Runnable task) {
    if (closed) {
      return false;
    }
    filling.add(task);
    if (rescued) {
      notifyAll();
      return false;
    }
    boolean ask = !asked;
    asked = true;
    return ask;
  }

  /** Runs what was added before this call. */
  void runAll() {
    swap();
    runTaken();
  }

  /** Ends early when a task does not return until another thread plays the loop. */
  private void runTaken() {
    Thread current = Thread.currentThread();
    runner = current;
    while (runner == current) {
      Runnable task = running.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        Log.warnRepeated("loop task", "a task on a loop threw " + e);
      }
    }
  }

  private synchronized void swap() {
    asked = false;
    ArrayDeque<Runnable> filled = filling;
    filling = running;
    running = filled;
  }

  /** From now on {@link #await} is called, and the provider is not asked. Runs what was begun. */
  void rescue() {
    synchronized (this) {
      rescued = true;
    }
    runTaken();
  }

  /** Waits for a task; false when there is none and none will come. */
  synchronized boolean await() {
    while (filling.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Meant for a handler; this thread ends when the transport is closed.
      }
    }
    return !filling.isEmpty();
  }

  /** Refuses tasks from now on; those already added still run. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
