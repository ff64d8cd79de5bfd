package qwormhole.api.internal.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import qwormhole.api.internal.observe.Log;

/**
 * Runs one connection's events on an executor, one at a time and in order. Bounded by bytes: the
 * session stops reading over the high mark and goes on below the low mark. When the executor refuses,
 * as one does that has been shut down, events run in the thread that added them: none is lost.
 * Any thread.
 */
final class HandlerQueue implements Runnable {
  private static final int HIGH_BYTES = 1 << 20;
  private static final int LOW_BYTES = HIGH_BYTES / 2;
  private static final int TASKS_PER_RUN = 64;

  /** What an event takes by itself, so that a flood of empty messages is bounded as well. */
  private static final int EVENT_BYTES = 128;

  private static final ThreadLocal<Boolean> HANDLING = new ThreadLocal<>();

  private enum State {
    IDLE,
    SUBMITTED,
    RUNNING
  }

  private record Task(Runnable action, int bytes) {}

  private final Executor executor;
  private final Object telling = new Object();

  // Guarded by telling.
  private Consumer<Boolean> onTooMuch = tooMuch -> {};
  private boolean told;

  // Guarded by this.
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private int bytes;
  private State state = State.IDLE;
  private boolean high;

  HandlerQueue(Executor executor) {
    this.executor = executor;
  }

  /**
   * Told true when too much waits, false when it has been worked off. A new listener is told with the
   * next event that is added, not at once.
   */
  void onTooMuch(Consumer<Boolean> listener) {
    synchronized (telling) {
      onTooMuch = listener;
      told = false;
    }
  }

  /** Queues an event that holds so many bytes. */
  void add(Runnable action, int size) {
    boolean start;
    boolean tooMuch;
    synchronized (this) {
      tasks.add(new Task(action, size + EVENT_BYTES));
      bytes += size + EVENT_BYTES;
      high |= bytes > HIGH_BYTES;
      tooMuch = high;
      start = state == State.IDLE;
      state = start ? State.SUBMITTED : state;
    }
    if (tooMuch) {
      tell();
    }
    if (start && !submit()) {
      workOff();
    }
  }

  /** The last to come here sees how things stand, so that the last news is right. */
  private void tell() {
    synchronized (telling) {
      boolean now = isHigh();
      if (now != told) {
        told = now;
        onTooMuch.accept(now);
      }
    }
  }

  private synchronized boolean isHigh() {
    return high;
  }

  @Override
  public void run() {
    if (claim()) {
      workOff();
    }
  }

  /** False for a task that the executor runs although it had refused it, or runs twice. */
  private synchronized boolean claim() {
    boolean mine = state == State.SUBMITTED;
    state = mine ? State.RUNNING : state;
    return mine;
  }

  /** Whether the calling thread is in a handler: it must not wait for events to be worked off. */
  static boolean isHandling() {
    return HANDLING.get() != null;
  }

  private void workOff() {
    boolean nested = isHandling(); // an executor may run what it is given at once
    HANDLING.set(true);
    try {
      boolean over = false;
      while (!over) {
        over = runSome() || resubmit();
      }
    } finally {
      if (!nested) {
        HANDLING.remove();
      }
    }
  }

  /** Runs events until none is left, which is true, or it is the turn of others. */
  private boolean runSome() {
    for (int i = 0; i < TASKS_PER_RUN; i++) {
      Task task;
      synchronized (this) {
        task = tasks.poll();
        if (task == null) {
          state = State.IDLE;
          return true;
        }
      }
      run(task.action());
      finished(task);
    }
    return false;
  }

  /** Handlers are guarded where they are called; what gets here all the same ends nothing else. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("handler", "an event could not be delivered: " + e);
    }
  }

  private void finished(Task task) {
    boolean enough;
    synchronized (this) {
      bytes -= task.bytes();
      enough = high && bytes <= LOW_BYTES;
      high &= !enough;
    }
    if (enough) {
      tell();
    }
  }

  /** Others that share the executor get their turn. */
  private boolean resubmit() {
    synchronized (this) {
      state = State.SUBMITTED;
    }
    return submit();
  }

  /** False when the executor refuses: the caller works the events off. */
  private boolean submit() {
    try {
      executor.execute(this);
      return true;
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("executor", "the handler executor refuses, events run elsewhere: " + e);
      return !claim();
    }
  }
}
