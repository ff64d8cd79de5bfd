package qwormhole.bench.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much of the machine other processes take while a round runs: numbers then mean less. */
final class Neighbours {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long began;

  /** Begins. */
  void start() {
    // The load that it tells is that since the call before.
    system.getCpuLoad();
    began = System.nanoTime();
  }

  /**
   * Ends.
   *
   * @param ownNanos CPU time that the round itself took
   * @return processors that others kept busy; NaN when the system does not tell
   */
  double stop(long ownNanos) {
    double load = system.getCpuLoad();
    long elapsed = System.nanoTime() - began;
    return load < 0
        ? Double.NaN
        : Math.max(0, load * system.getAvailableProcessors() - (double) ownNanos / elapsed);
  }
}
