package qwormhole.bench.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds at a moment.
 *
 * @param heapBytes heap in use after a collection
 * @param rssBytes resident set, or {@link #UNKNOWN} where the system does not tell
 */
public record Memory(long heapBytes, long rssBytes) {
  /** The system does not tell. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final int COLLECTIONS = 3;

  /** Of this process, now; collects garbage first, more than once for what finalisation frees. */
  static Memory now() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), residentBytes());
  }

  private static long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(kibibytes -> 1024 * Long.parseLong(kibibytes))
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN; // not a Linux
    }
  }

  /** How much more it holds than earlier. */
  public Memory minus(Memory earlier) {
    boolean known = isResidentKnown() && earlier.isResidentKnown();
    return new Memory(heapBytes - earlier.heapBytes, known ? rssBytes - earlier.rssBytes : UNKNOWN);
  }

  /** Whether the system tells the resident set. */
  public boolean isResidentKnown() {
    return rssBytes != UNKNOWN;
  }
}
