package qwormhole.api.internal.session.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.SimulatedEngine;

/**
 * Resumable sessions of real endpoints in a simulated world. {@code -Dqwormhole.simulation.schedules}
 * says how many fresh schedules are run and {@code -Dqwormhole.simulation.seed} which one is the first: a
 * seed replays its schedule event by event.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // each schedule has a limit of its own
class SessionSimulationTest {
  private static final int SCHEDULES = Integer.getInteger("qwormhole.simulation.schedules", 3_000);
  private static final long SEED =
      Long.getLong("qwormhole.simulation.seed", System.currentTimeMillis() * 1_000_000);
  private static final long LONGEST_SCHEDULE_MILLIS = 60_000;

  private final SegmentPool pool = new SegmentPool(1 << 30);
  private volatile long seed;
  private volatile Throwable failure;

  @Test
  void whateverHappensToTheLinksEveryMessageIsHandledOnceInOrderOrTold() throws Exception {
    System.out.println("simulation of " + SCHEDULES + " sessions from seed " + SEED);
    forEach(LongStream.range(SEED, SEED + SCHEDULES), each -> new Schedule(each, pool).run());
  }

  @Test
  void schedulesThatAreAlwaysTheSameDoSoToo() throws Exception {
    forEach(LongStream.rangeClosed(1, 500), each -> new Schedule(each, pool).run());
  }

  @Test
  void aSeedReplaysItsScheduleEventByEvent() throws Exception {
    forEach(
        LongStream.range(SEED, SEED + 50),
        each ->
            assertThat(new Schedule(each, pool).run()).isEqualTo(new Schedule(each, pool).run()));
  }

  private void forEach(LongStream seeds, LongConsumer schedule) throws InterruptedException {
    Thread thread = SimulatedEngine.thread("simulation", () -> runAll(seeds, schedule));
    thread.start();
    while (thread.isAlive()) {
      long before = seed;
      thread.join(LONGEST_SCHEDULE_MILLIS);
      if (thread.isAlive() && seed == before) {
        fail("no end" + again(before));
      }
    }
    assertThat(failure).isNull();
  }

  private void runAll(LongStream seeds, LongConsumer schedule) {
    try {
      seeds.forEach(
          each -> {
            seed = each;
            schedule.accept(each);
          });
    } catch (RuntimeException | Error e) {
      failure = new AssertionError(e.getMessage() + again(seed), e);
    }
  }

  private static String again(long seed) {
    return "\nseed "
        + seed
        + "; again with -Dtest=SessionSimulationTest -Dqwormhole.simulation.schedules=1"
        + " -Dqwormhole.simulation.seed="
        + seed;
  }
}
