package qwormhole.api.tck.endpoint;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** How long the kit waits: very long for what must happen, a moment for what must not. */
final class Deadline {

  /** For what must happen; only a failing test waits for so long. */
  static final Duration LONG = Duration.ofSeconds(30);

  /** For what must not happen. */
  static final Duration MOMENT = Duration.ofMillis(150);

  private Deadline() {}

  static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(condition);
  }

  /** Fails unless the condition holds for the whole of a moment. */
  static void throughout(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .during(MOMENT)
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .failFast(what + " did not hold", () -> !condition.call())
        .until(condition);
  }

  static <T> T get(String what, Future<T> outcome) {
    try {
      return outcome.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + LONG + ": " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError("failed: " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + what, e);
    }
  }

  /** Waits for a future to fail, and returns why. */
  static Throwable failure(String what, Future<?> outcome) {
    try {
      Object value = outcome.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("did not fail but gave " + value + ": " + what);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + LONG + ": " + what, e);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + what, e);
    }
  }
}
