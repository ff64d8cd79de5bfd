package qwormhole.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The application threads of a client side: one a connection, for all rounds. */
public final class LoadThreads implements AutoCloseable {
  private final ExecutorService executor;

  /** Makes room for so many threads; they start with the first round. */
  public LoadThreads(int threads) {
    AtomicInteger number = new AtomicInteger();
    executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "load-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs the tasks at the same time and sums up what they did. */
  public Round run(List<? extends Callable<Share>> tasks) throws IOException {
    List<Future<Share>> futures = new ArrayList<>();
    for (Callable<Share> task : tasks) {
      futures.add(executor.submit(task));
    }
    List<Share> shares = new ArrayList<>();
    try {
      for (Future<Share> future : futures) {
        shares.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return Share.sum(shares);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
