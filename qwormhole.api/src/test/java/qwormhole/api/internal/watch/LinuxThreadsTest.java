package qwormhole.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.watch.ThreadSample.State;

class LinuxThreadsTest {
  private final LinuxThreads threads = new LinuxThreads();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean spins;
  private WatchedThread thread;

  private void live() {
    while (spins) {
      Thread.onSpinWait();
    }
    StubTransport.await(over);
  }

  @BeforeEach
  void begin() {
    assumeTrue(LinuxThreads.isPresent(), "this platform has no /proc/self/task");
  }

  @AfterEach
  void end() throws InterruptedException {
    spins = false;
    over.countDown();
    if (thread != null) {
      thread.join();
    }
  }

  private void start() {
    thread = new WatchedThread(this::live, "watched");
    thread.start();
    await().until(() -> thread.kernelId() != 0);
  }

  @Test
  void aThreadThatWaitsIsAsleepAndUsesNoProcessor() {
    start();
    await().until(() -> threads.sample(thread).state() == State.ASLEEP);
    ThreadSample sample = threads.sample(thread);
    assertThat(sample.cpuNanos()).isPositive();
    assertThat(threads.sample(thread)).isEqualTo(sample);
  }

  @Test
  void aThreadThatSpinsIsRunnableAndUsesProcessorTime() {
    spins = true;
    start();
    ThreadSample first = threads.sample(thread);
    assertThat(first.state()).isEqualTo(State.RUNNABLE);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                threads.sample(thread).cpuNanos()
                    > first.cpuNanos() + Duration.ofMillis(20).toNanos());
  }

  @Test
  void nothingIsKnownOfAThreadWithoutANumberOrOfOneThatHasEnded() throws Exception {
    start();
    over.countDown();
    thread.join();
    await().until(() -> threads.sample(thread).equals(ThreadSample.UNKNOWN));
    assertThat(threads.sample(new Thread())).isEqualTo(ThreadSample.UNNUMBERED);
  }

  @Test
  void aThreadThatRunsIsNotStarvedNorIsOneAtItsFirstLook() {
    spins = true;
    start();
    assertThat(threads.anyStarved()).isFalse();
    threads.forget();
    assertThat(threads.anyStarved()).as("a first look again").isFalse();
  }
}
