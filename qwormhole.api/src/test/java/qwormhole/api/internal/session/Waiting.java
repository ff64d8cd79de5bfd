package qwormhole.api.internal.session;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that is expected to wait, and what comes of it. */
final class Waiting<T> {
  /** Longer than any machine needs; a test that takes it has failed. */
  static final Duration LONG = Duration.ofSeconds(60);

  private final FutureTask<T> task;
  private final Thread thread;

  private Waiting(Callable<T> action) {
    task = new FutureTask<>(action);
    thread = new Thread(task, "waiting");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a thread and returns when it waits. */
  static <T> Waiting<T> on(Callable<T> action) {
    Waiting<T> waiting = new Waiting<>(action);
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> waiting.thread.getState() == Thread.State.TIMED_WAITING);
    return waiting;
  }

  boolean isOver() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  T outcome() {
    try {
      return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
