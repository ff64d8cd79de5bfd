package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoomWaitersTest {
  private final RoomWaiters waiters = new RoomWaiters();

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  @Test
  void aSignalBetweenTheRefusalAndTheWaitIsNotLost() {
    int before = waiters.generation();
    waiters.signalAll();
    assertThat(waiters.await(before, in(Waiting.LONG))).isTrue();
    assertThat(waiters.await(before, in(Duration.ZERO))).as("however late").isTrue();
  }

  @Test
  void aSignalEndsTheWaitOfAll() {
    int before = waiters.generation();
    List<Waiting<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(Waiting.on(() -> waiters.await(before, in(Waiting.LONG))));
    }
    waiters.signalAll();
    assertThat(all).extracting(Waiting::outcome).containsOnly(true);
  }

  @Test
  void withoutASignalTheDeadlineEndsIt() {
    long start = System.nanoTime();
    assertThat(waiters.await(waiters.generation(), start + 5_000_000)).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    assertThat(waiters.await(waiters.generation(), start)).as("past").isFalse();
  }

  @Test
  void anOldSignalDoesNotEndANewWait() {
    waiters.signalAll();
    assertThat(waiters.await(waiters.generation(), in(Duration.ofMillis(2)))).isFalse();
  }

  @Test
  void anInterruptEndsItAndStaysSet() {
    Waiting<Boolean> waiting =
        Waiting.on(
            () ->
                !waiters.await(waiters.generation(), in(Waiting.LONG))
                    && Thread.currentThread().isInterrupted());
    waiting.interrupt();
    assertThat(waiting.outcome()).isTrue();
  }

  /** A permit each time; a taker that missed a wake-up would sit there until its deadline. */
  @Test
  void nobodyMissesTheWakeUpThatIsMeantForHim() throws InterruptedException {
    int rounds = 20_000;
    int takers = 3;
    AtomicInteger permits = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < takers; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  if (!take(permits)) {
                    missed.incrementAndGet();
                    return;
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (int i = 0; i < rounds * takers; i++) {
      permits.incrementAndGet();
      waiters.signalAll();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(missed).hasValue(0);
    assertThat(permits).hasValue(0);
  }

  private boolean take(AtomicInteger permits) {
    long deadline = in(Waiting.LONG);
    while (true) {
      int generation = waiters.generation();
      if (permits.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return true;
      }
      if (!waiters.await(generation, deadline)) {
        return false;
      }
    }
  }
}
