package qwormhole.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Waits until a server has seen all the connections that were announced to it. */
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
    long deadline = System.nanoTime() + patience.toNanos();
    while (present.getAsInt() < expected) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("only %d of %d clients came".formatted(present.getAsInt(), expected));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
