package qwormhole.api.tck;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the kit waits: very long for what must happen, a moment for what must not. */
final class Patience {

  /** For what must happen; only a failing test waits for so long. */
  static final Duration LONG = Duration.ofSeconds(30);

  /** For what must not happen, or has stopped happening. */
  static final Duration MOMENT = Duration.ofMillis(200);

  private Patience() {}

  static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2));
  }

  static <T> T await(String what, CompletableFuture<T> outcome) {
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

  /** Whether something happens within a moment. */
  static boolean soon(CompletableFuture<?> outcome) {
    try {
      outcome.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
