package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SpinLockTest {
  private static final class Counter extends SpinLock {
    long count;
    int inside;
    boolean broken;

    void increment() {
      lock();
      try {
        broken |= ++inside != 1;
        count++;
        inside--;
      } finally {
        unlock();
      }
    }
  }

  private final Counter counter = new Counter();

  @Test
  void oneThreadAtATimeAndNoUpdateIsLost() throws InterruptedException {
    int threads = 8;
    int rounds = 100_000;
    List<Thread> all = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                for (int i = 0; i < rounds; i++) {
                  counter.increment();
                }
              });
      thread.start();
      all.add(thread);
    }
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(counter.count).isEqualTo((long) threads * rounds);
    assertThat(counter.broken).isFalse();
  }

  @Test
  void whoFindsItTakenForLongNapsAndGetsItAfterwards() {
    counter.lock();
    Waiting<Long> other =
        Waiting.on(
            () -> {
              counter.increment();
              return counter.count;
            });
    assertThat(other.isOver()).isFalse();
    counter.count = 41;
    counter.unlock();
    assertThat(other.outcome()).isEqualTo(42);
  }

  @Test
  void anInterruptedThreadStillWaitsForItsTurn() {
    counter.lock();
    Waiting<Boolean> other =
        Waiting.on(
            () -> {
              counter.increment();
              return Thread.currentThread().isInterrupted();
            });
    other.interrupt();
    assertThat(other.isOver()).isFalse();
    counter.unlock();
    assertThat(other.outcome()).as("its interrupt status stays").isTrue();
    assertThat(counter.count).isEqualTo(1);
  }
}
