package qwormhole.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.bench.scenario.Stop;

/**
 * Ctrl-C or a polite kill during a run: what is under way is aborted, and the JVM waits for the main
 * thread to print and write what it has. The exit code is then the signal's, such as 130.
 */
final class Interruption implements Stop, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /** Watches from now on; {@code abort} lets whatever the main thread waits for fail. */
  Interruption(Runnable abort) {
    hook = new Thread(() -> interrupt(abort), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupt(Runnable abort) {
    requested.countDown();
    abort.run();
    await(done, PATIENCE);
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  @Override
  public boolean isRequested(Duration patience) {
    return await(requested, patience);
  }

  private static boolean await(CountDownLatch latch, Duration patience) {
    try {
      return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return latch.getCount() == 0;
    }
  }

  /** The main thread has done what it wanted to. */
  @Override
  public void close() {
    done.countDown();
    if (!isRequested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It has begun after all, and finds that all is done.
      }
    }
  }
}
