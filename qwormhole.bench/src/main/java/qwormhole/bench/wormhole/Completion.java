package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import qwormhole.bench.load.Limits;

/** Waits for a number of connections to be done, for as long as something moves. Any thread. */
final class Completion {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int left;
  private String failure;

  /** Expects so many from now on; what failed before is not forgotten. */
  void expect(int count) {
    lock.lock();
    try {
      left = count;
    } finally {
      lock.unlock();
    }
  }

  /** One is done. */
  void arrive() {
    lock.lock();
    try {
      left--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** It will never be done. */
  void fail(String how) {
    lock.lock();
    try {
      failure = failure == null ? how : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all are done.
   *
   * @param progress a number that changes while something moves
   * @param what is waited for, in words
   * @throws IOException when one failed, or nothing moved for {@link Limits#STALL}
   */
  void await(LongSupplier progress, String what) throws IOException {
    lock.lock();
    try {
      long seen = progress.getAsLong();
      while (failure == null && left > 0) {
        if (!changed.await(Limits.STALL.toMillis(), TimeUnit.MILLISECONDS)) {
          long now = progress.getAsLong();
          if (now == seen) {
            throw new IOException("no %s for %d s".formatted(what, Limits.STALL.toSeconds()));
          }
          seen = now;
        }
      }
      if (failure != null) {
        throw new IOException(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
