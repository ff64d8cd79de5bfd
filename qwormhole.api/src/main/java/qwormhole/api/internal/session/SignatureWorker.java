package qwormhole.api.internal.session;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/**
 * Makes and verifies signatures, and does what else takes a processor for long, away from the loops:
 * on as many threads as there are processors, which end when there is nothing to do. Each endpoint has
 * a queue of its own, and the threads take from them in turn, so that a flood at one does not keep the
 * others waiting. Any thread.
 */
final class SignatureWorker {
  static final int MAX_WAITING = 1024;
  private static final int MAX_THREADS = 16;
  private static final int IDLE_SECONDS = 30;

  private final int threads;

  /** What waits here are turns of queues: of each at most as many as there are threads. */
  private final Executor executor;

  private final Runnable close;

  SignatureWorker() {
    this(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  SignatureWorker(int threads) {
    this(threads, pool(threads));
  }

  private SignatureWorker(int threads, ExecutorService pool) {
    this(threads, pool, pool::shutdownNow);
  }

  /** One that works where it is told to. */
  SignatureWorker(int threads, Executor executor, Runnable close) {
    this.threads = threads;
    this.executor = executor;
    this.close = close;
  }

  private static ExecutorService pool(int threads) {
    var pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            EngineThread.factory("signature"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** A queue for one endpoint. */
  Queue queue() {
    return new Queue();
  }

  /** Ends the threads; what waits is dropped, with the connections that it is about. */
  void close() {
    close.run();
  }

  /** The work of one endpoint. Bounded: what finds it full is refused. */
  final class Queue {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private int turns; // guarded by this; asked for or being taken

    private Queue() {}

    /** Does the work on a thread of its own; fails with {@code E_RESOURCE_EXHAUSTED} when too much waits. */
    <T> CompletableFuture<T> submit(Callable<T> work) {
      CompletableFuture<T> outcome = new CompletableFuture<>();
      boolean asks;
      synchronized (this) {
        if (waiting.size() >= MAX_WAITING) {
          return CompletableFuture.failedFuture(
              new QWormholeException(
                  ErrorCode.E_RESOURCE_EXHAUSTED,
                  MAX_WAITING + " handshakes wait for their signatures, and no more may"));
        }
        waiting.add(() -> complete(outcome, work));
        asks = turns < threads;
        if (asks) {
          turns++;
        }
      }
      if (asks && !askForTurn()) {
        outcome.completeExceptionally(
            new QWormholeException(ErrorCode.E_CLOSED, "the runtime has been closed"));
      }
      return outcome;
    }

    private void takeTurn() {
      Runnable next;
      synchronized (this) {
        next = waiting.poll();
      }
      if (next != null) {
        next.run();
      }
      synchronized (this) {
        if (waiting.isEmpty()) {
          turns--;
          return;
        }
      }
      askForTurn();
    }

    private boolean askForTurn() {
      try {
        executor.execute(this::takeTurn);
        return true;
      } catch (RejectedExecutionException e) {
        return false; // closed
      }
    }
  }

  private static <T> void complete(CompletableFuture<T> outcome, Callable<T> work) {
    try {
      outcome.complete(work.call());
    } catch (Exception | Error e) {
      outcome.completeExceptionally(e);
    }
  }
}
