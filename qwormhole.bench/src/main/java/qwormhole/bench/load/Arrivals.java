package qwormhole.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Waits until a server has seen all the connections that were announced to it, or none. */
public final class Arrivals {
  private Arrivals() {}

  /**
   * Looks every millisecond.
   *
   * @param present how many there are
   * @throws IOException when they are too few after so long
   */
  public static void await(IntSupplier present, int expected, Duration patience)
      throws IOException {
    if (!holds(() -> present.getAsInt() >= expected, patience)) {
      throw new IOException("only %d of %d clients came".formatted(present.getAsInt(), expected));
    }
  }

  /**
   * Waits until all are gone; looks every millisecond.
   *
   * @param present how many there are
   * @throws IOException when some are left after so long
   */
  public static void awaitNone(IntSupplier present, Duration patience) throws IOException {
    if (!holds(() -> present.getAsInt() == 0, patience)) {
      throw new IOException(present.getAsInt() + " clients of the round before did not go");
    }
  }

  /** Whether the condition holds within so long. */
  public static boolean holds(BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }
}
