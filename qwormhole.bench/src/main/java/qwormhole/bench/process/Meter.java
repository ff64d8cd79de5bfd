package qwormhole.bench.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process spends between two moments. Both are taken by the same thread, whose own
 * allocation is left out: it serves the parent, not the load.
 */
final class Meter {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private Map<Long, Long> allocatedBefore = Map.of();
  private long cpuBefore;
  private long gcCountBefore;
  private long gcMillisBefore;

  /** Begins. */
  void start() {
    allocatedBefore = allocated();
    gcCountBefore = gcCount();
    gcMillisBefore = gcMillis();
    cpuBefore = system.getProcessCpuTime();
  }

  /** What was spent since {@link #start}. */
  Cost stop() {
    long cpu = system.getProcessCpuTime() - cpuBefore;
    long bytes = 0;
    for (Map.Entry<Long, Long> entry : allocated().entrySet()) {
      bytes += entry.getValue() - allocatedBefore.getOrDefault(entry.getKey(), 0L);
    }
    return new Cost(cpu, bytes, gcCount() - gcCountBefore, gcMillis() - gcMillisBefore);
  }

  /** Bytes allocated so far by each live thread but this one. */
  private Map<Long, Long> allocated() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> result = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != Thread.currentThread().getId() && bytes[i] >= 0) {
        result.put(ids[i], bytes[i]);
      }
    }
    return result;
  }

  private static long gcCount() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
