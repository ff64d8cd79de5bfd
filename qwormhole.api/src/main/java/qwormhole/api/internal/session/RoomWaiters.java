package qwormhole.api.internal.session;

/**
 * Sender threads that wait for room. A signal bumps a generation, so one that comes between a sender's
 * refusal and its wait is not lost.
 */
final class RoomWaiters {
  private int generation;

  /** Taken before asking for room; given to {@link #await}. */
  synchronized int generation() {
    return generation;
  }

  /**
   * Waits for a signal after that generation.
   *
   * @return false at the deadline, or when interrupted, with the interrupt status set
   */
  synchronized boolean await(int since, long deadlineNanos) {
    while (generation == since) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      try {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  synchronized void signalAll() {
    generation++;
    notifyAll();
  }
}
