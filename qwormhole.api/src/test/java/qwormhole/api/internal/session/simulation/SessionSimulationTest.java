package qwormhole.api.internal.session.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.SimulatedEngine;

/**
 * Resumable sessions of real endpoints in a simulated world. {@code -Dqwormhole.simulation.schedules}
 * says how many schedules are run and {@code -Dqwormhole.simulation.seed} which one is the first: a
 * seed replays its schedule event by event.
 */
class SessionSimulationTest {
  private static final int SCHEDULES = Integer.getInteger("qwormhole.simulation.schedules", 3_000);
  private static final long SEED = Long.getLong("qwormhole.simulation.seed", 1);
  private static final long LONGEST_SCHEDULE_MILLIS = 60_000;

  private final SegmentPool pool = new SegmentPool(1 << 30);
  private volatile long seed;
  private volatile Throwable failure;

  @Test
  void whateverHappensToTheLinksEveryMessageIsHandledOnceInOrderOrTold() throws Exception {
    forEachSeed(SCHEDULES, each -> new Schedule(each, pool).run());
  }

  @Test
  void aSeedReplaysItsScheduleEventByEvent() throws Exception {
    forEachSeed(
        50,
        each ->
            assertThat(new Schedule(each, pool).run()).isEqualTo(new Schedule(each, pool).run()));
  }

  private void forEachSeed(int count, LongConsumer schedule) throws InterruptedException {
    Thread thread = SimulatedEngine.thread("simulation", () -> runAll(count, schedule));
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

  private void runAll(int count, LongConsumer schedule) {
    try {
      for (long each = SEED; each < SEED + count; each++) {
        seed = each;
        schedule.accept(each);
      }
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
