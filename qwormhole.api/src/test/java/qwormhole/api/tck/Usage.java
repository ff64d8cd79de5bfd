package qwormhole.api.tck;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What this process holds, as far as Linux and the JVM tell. */
record Usage(long descriptors, long threads, long directBytes, long residentBytes) {

  /** Waits, but not for ever, for descriptors and threads to be as few as before. */
  static Usage settled(Usage before) throws Exception {
    long deadline = System.nanoTime() + Patience.LONG.toNanos();
    Usage now = now();
    while (!now.asFewAs(before) && deadline - System.nanoTime() > 0) {
      now = now();
    }
    return now;
  }

  private boolean asFewAs(Usage other) {
    return descriptors <= other.descriptors && threads <= other.threads;
  }

  /** When everything has been collected that can be. */
  static Usage now() throws Exception {
    for (int i = 0; i < 5; i++) {
      System.gc();
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS); // cleaners run in a thread of theirs
    }
    return new Usage(
        descriptorCount(), Thread.getAllStackTraces().size(), directMemory(), residentMemory());
  }

  private static long descriptorCount() throws IOException {
    try (Stream<Path> each = Files.list(Path.of("/proc/self/fd"))) {
      return each.count();
    }
  }

  /** By reflection: the tests' module does not read the JDK's. */
  private static long directMemory() throws Exception {
    Class<?> pool = Class.forName("java.lang.management.BufferPoolMXBean");
    Method beans =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getPlatformMXBeans", Class.class);
    long sum = 0;
    for (Object bean : (List<?>) beans.invoke(null, pool)) {
      sum += (long) pool.getMethod("getMemoryUsed").invoke(bean);
    }
    return sum;
  }

  private static long residentMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("/proc/self/status does not tell the resident size");
  }

  String line() {
    return descriptors + " " + threads + " " + directBytes + " " + residentBytes;
  }

  static Usage parse(String line) {
    long[] values = Stream.of(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new Usage(values[0], values[1], values[2], values[3]);
  }
}
