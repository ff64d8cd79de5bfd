package qwormhole.api.internal.session;

/** Time, injected so that deadlines are tested without waiting. */
public interface Timers {

  /** The present, on the scale of {@link System#nanoTime()}. */
  long nanoTime();

  /**
   * Runs a task once, after a delay. Tasks are short and do not block; what they throw is logged.
   *
   * @return cancels the task when run; idempotent
   */
  Runnable schedule(Runnable task, long delayNanos);

  /** Runs a task again and again until cancelled. */
  Runnable repeat(Runnable task, long periodNanos);

  /** Ends the timers and their thread; tasks that have not run are dropped. */
  void close();
}
