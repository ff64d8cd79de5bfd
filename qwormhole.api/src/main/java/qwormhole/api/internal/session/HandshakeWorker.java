package qwormhole.api.internal.session;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/**
 * Makes and verifies signatures away from the loops: one thread, started with the first signature, so
 * that a flood of bad ones takes one processor at most and no connection's time. Bounded: what finds
 * the queue full is refused. Any thread.
 */
final class HandshakeWorker {
  private static final int MAX_WAITING = 1024;

  private final Executor executor;
  private final Runnable close;

  /** One with a thread of its own. */
  static HandshakeWorker start() {
    var pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            EngineThread.factory("handshake"));
    return new HandshakeWorker(pool, pool::shutdownNow);
  }

  /** One that works where it is told to, one piece of work after the other. */
  HandshakeWorker(Executor executor, Runnable close) {
    this.executor = executor;
    this.close = close;
  }

  /** Does the work on the worker's thread; fails with {@code E_RESOURCE_EXHAUSTED} when it is busy. */
  <T> CompletableFuture<T> submit(Callable<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              outcome.complete(work.call());
            } catch (Exception | Error e) {
              outcome.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      outcome.completeExceptionally(
          new QWormholeException(
              ErrorCode.E_RESOURCE_EXHAUSTED, "too many handshakes wait for their signatures", e));
    }
    return outcome;
  }

  /** Ends the thread; what waits is dropped, with the connections that it is about. */
  void close() {
    close.run();
  }
}
