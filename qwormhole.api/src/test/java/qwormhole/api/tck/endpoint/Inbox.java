package qwormhole.api.tck.endpoint;

import java.util.ArrayList;
import java.util.List;

/** Things of one kind that arrive, in order; waits for them with a deadline. */
final class Inbox<T> {
  private final String what;
  private final List<T> arrived = new ArrayList<>();
  private int taken;

  Inbox(String what) {
    this.what = what;
  }

  synchronized void add(T thing) {
    arrived.add(thing);
    notifyAll();
  }

  /** The next one that was not taken yet. */
  synchronized T next() {
    awaitCount(taken + 1);
    return arrived.get(taken++);
  }

  /** All, when there are so many at least. */
  synchronized List<T> await(int count) {
    awaitCount(count);
    return List.copyOf(arrived);
  }

  synchronized List<T> all() {
    return List.copyOf(arrived);
  }

  synchronized int count() {
    return arrived.size();
  }

  private void awaitCount(int count) {
    long deadline = System.nanoTime() + Deadline.LONG.toNanos();
    while (arrived.size() < count) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError(
            "waited " + Deadline.LONG + " for " + what + " number " + count + ", have " + brief());
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted waiting for " + what, e);
      }
    }
  }

  private String brief() {
    return arrived.size() <= 20
        ? arrived.toString()
        : arrived.size() + ", the last " + arrived.get(arrived.size() - 1);
  }
}
