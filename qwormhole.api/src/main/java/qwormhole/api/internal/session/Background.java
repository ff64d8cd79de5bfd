package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where what may wait runs, and how it waits; injected so that ends are tested without waiting. */
interface Background {

  /** Runs a task, soon, apart from the caller. */
  void run(Runnable task);

  /**
   * Waits for an event within such a task.
   *
   * @param most how long to wait at most
   * @return whether the event has come; false as well when the thread was interrupted, with the
   *     interrupt status set
   */
  boolean await(CompletableFuture<?> event, Duration most);
}
