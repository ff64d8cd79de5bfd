package qwormhole.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Whether the process may open as many descriptors as connections need. */
public final class Descriptors {
  /** What a JVM has open besides: its files, selectors, pipes, a listener. */
  private static final int OWN = 128;

  private Descriptors() {}

  /** Why so many connections cannot be had in one process, or null. */
  public static String obstacle(int clients) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      return obstacle(clients, unix.getMaxFileDescriptorCount());
    }
    return null;
  }

  static String obstacle(int clients, long limit) {
    long needed = (long) clients + OWN;
    return limit < 0 || needed <= limit
        ? null
        : "%d clients need about %d file descriptors in a process, which may have %d: see ulimit -n"
            .formatted(clients, needed, limit);
  }

  static void check(int clients) throws IOException {
    String obstacle = obstacle(clients);
    if (obstacle != null) {
      throw new IOException(obstacle);
    }
  }
}
