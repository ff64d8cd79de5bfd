package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.select.ProviderSelector;

/**
 * An engine that has no thread of its own: all that it would have run elsewhere is the simulation's
 * to run, when that chooses.
 */
public final class SimulatedEngine {
  private final StreamGuard guard = new StreamGuard(task -> new Thread(() -> {}));
  private final Engine engine;

  /**
   * An engine in a simulation.
   *
   * @param later runs what would have had a thread of its own
   * @param runUntil goes on with the simulation until something has come, for at most so many
   *     nanoseconds; whether it has
   */
  public SimulatedEngine(
      Timers timers,
      SegmentPool pool,
      ProviderSelector selector,
      Executor later,
      BiPredicate<BooleanSupplier, Long> runUntil) {
    Background background =
        new Background() {
          @Override
          public void run(Runnable task) {
            later.execute(task);
          }

          @Override
          public boolean await(CompletableFuture<?> event, Duration most) {
            return runUntil.test(event::isDone, most.toNanos());
          }
        };
    engine =
        new Engine(
            timers, pool, selector, guard, background, new SignatureWorker(1, later, () -> {}));
  }

  /** What endpoints are made with. */
  public Engine engine() {
    return engine;
  }

  /** What the guard's thread does now and then. */
  public void lookAfterStreams() {
    guard.look();
  }

  /** A thread that endpoints take for one of the library's, which does not wait for itself. */
  public static Thread thread(String name, Runnable task) {
    return EngineThread.factory(name).newThread(task);
  }
}
