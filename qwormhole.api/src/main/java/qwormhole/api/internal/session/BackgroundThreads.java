package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread for each task, which blocks when the task waits. */
record BackgroundThreads(ThreadFactory threads) implements Background {

  @Override
  public void run(Runnable task) {
    threads.newThread(task).start();
  }

  @Override
  public boolean await(CompletableFuture<?> event, Duration most) {
    try {
      event.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
