package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** That a process is at rest. */
final class RestTime {

  /** A tenth of a processor: far from busy, and far from what a slow machine needs for nothing. */
  private static final long MOST_MILLIS_A_SECOND = 100;

  private static final int SECONDS = 5;

  private RestTime() {}

  /** The process compiles and collects as well, though not in every second: the best one counts. */
  static void assertAtRest(ChildJvm process) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < SECONDS && least > MOST_MILLIS_A_SECOND; i++) {
      long before = process.cpuMillis();
      // Here time has to pass: what is measured is that nothing happens meanwhile.
      new CountDownLatch(1).await(1, TimeUnit.SECONDS);
      least = Math.min(least, process.cpuMillis() - before);
    }
    assertThat(least)
        .as("processor time of a second, in ms")
        .isLessThanOrEqualTo(MOST_MILLIS_A_SECOND);
  }
}
