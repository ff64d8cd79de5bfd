package qwormhole.api.internal.session;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Timers on one daemon thread, started when first used. */
final class SystemTimers implements Timers {
  private final ScheduledThreadPoolExecutor executor;
  private final Consumer<Throwable> onFailure;

  SystemTimers(ThreadFactory threads, Consumer<Throwable> onFailure) {
    this.executor = new ScheduledThreadPoolExecutor(1, threads);
    this.executor.setRemoveOnCancelPolicy(true);
    this.onFailure = onFailure;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    try {
      return cancelling(executor.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      return () -> {}; // after close nothing is due any more
    }
  }

  @Override
  public Runnable repeat(Runnable task, long periodNanos) {
    try {
      return cancelling(
          executor.scheduleWithFixedDelay(
              guarded(task), periodNanos, periodNanos, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    if (EngineThread.isCurrent()) {
      return; // perhaps the timer's own thread, which ends when it returns
    }
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        onFailure.accept(new IllegalStateException("a timer task has not ended within a second"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Runnable cancelling(Future<?> future) {
    return () -> future.cancel(false);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        onFailure.accept(e);
      }
    };
  }
}
