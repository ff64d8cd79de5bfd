package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimersTest {
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final SystemTimers timers =
      new SystemTimers(
          task -> {
            Thread thread = EngineThread.factory("test-timer").newThread(task);
            threads.add(thread);
            return thread;
          },
          failures::add);

  @AfterEach
  void close() {
    timers.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskRunsNotBeforeItsTime() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    long start = timers.nanoTime();
    long[] when = {0};
    timers.schedule(
        () -> {
          when[0] = timers.nanoTime();
          ran.countDown();
        },
        2_000_000);
    await(ran);
    assertThat(when[0] - start).isGreaterThanOrEqualTo(2_000_000);
  }

  @Test
  void noThreadIsStartedForNothingAndOneForAll() throws InterruptedException {
    assertThat(threads).isEmpty();
    CountDownLatch ran = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      timers.schedule(ran::countDown, i);
    }
    await(ran);
    assertThat(threads).hasSize(1);
    assertThat(threads.get(0).isDaemon()).isTrue();
  }

  @Test
  void aCancelledTaskDoesNotRun() throws InterruptedException {
    AtomicInteger cancelled = new AtomicInteger();
    CompletableFuture<Void> cancelledAll = new CompletableFuture<>();
    timers.schedule(cancelledAll::join, 0); // keeps the timer busy until then
    Runnable cancel = timers.schedule(cancelled::incrementAndGet, 5_000_000);
    Runnable cancelRepeat = timers.repeat(cancelled::incrementAndGet, 5_000_000);
    cancel.run();
    cancel.run();
    cancelRepeat.run();
    CountDownLatch later = new CountDownLatch(1);
    timers.schedule(later::countDown, 20_000_000);
    cancelledAll.complete(null);
    await(later);
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void aRepeatedTaskGoesOnAlthoughItThrows() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(3);
    Runnable cancel =
        timers.repeat(
            () -> {
              ran.countDown();
              throw new IllegalStateException("once more");
            },
            100_000);
    await(ran);
    cancel.run();
    assertThat(failures)
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(e -> e.getMessage().equals("once more"));
  }

  @Test
  void whatATaskThrowsIsReportedAndTheNextOneRuns() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    timers.schedule(
        () -> {
          throw new AssertionError("an error");
        },
        0);
    timers.schedule(ran::countDown, 1_000_000);
    await(ran);
    assertThat(failures).hasSize(1);
  }

  @Test
  void afterCloseNothingIsDueAndNothingThrows() throws InterruptedException {
    AtomicInteger late = new AtomicInteger();
    timers.schedule(late::incrementAndGet, TimeUnit.HOURS.toNanos(1));
    timers.close();
    assertThatCode(
            () -> {
              timers.schedule(late::incrementAndGet, 0).run();
              timers.repeat(late::incrementAndGet, 1).run();
              timers.close();
            })
        .doesNotThrowAnyException();
    for (Thread thread : threads) {
      thread.join(60_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(late).hasValue(0);
    assertThat(failures).isEmpty();
  }

  @Test
  void aTaskMayCloseTheTimersItRunsOn() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    timers.schedule(
        () -> {
          timers.close();
          closed.countDown();
        },
        0);
    await(closed);
    threads.get(0).join(60_000);
    assertThat(threads.get(0).isAlive()).isFalse();
  }

  @Test
  void aDelayWithoutEndDoesNotOverflow() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    timers.schedule(ran::incrementAndGet, Long.MAX_VALUE);
    CountDownLatch later = new CountDownLatch(1);
    timers.schedule(later::countDown, 1_000_000);
    await(later);
    assertThat(ran).hasValue(0);
  }
}
