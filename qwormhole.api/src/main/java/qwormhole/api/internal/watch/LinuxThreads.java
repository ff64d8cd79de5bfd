package qwormhole.api.internal.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import qwormhole.api.internal.watch.ThreadSample.State;

/**
 * Reads {@code /proc/self/task}: the state of a thread from {@code stat}, and its processor time from
 * {@code schedstat}, which counts nanoseconds, or where a kernel has none from {@code stat}, which
 * counts hundredths of a second. See proc_pid_stat(5).
 */
final class LinuxThreads implements ThreadProbe {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final long NANOS_PER_TICK = 10_000_000;

  // Of what follows the name in stat.
  private static final int STATE = 0;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** The processor time of each thread that was runnable at the last look. */
  private Map<String, Long> runnable = Map.of();

  static boolean isPresent() {
    return Files.isReadable(TASKS);
  }

  @Override
  public ThreadSample sample(Thread thread) {
    int id = thread instanceof WatchedThread known ? known.kernelId() : 0;
    return id == 0 ? ThreadSample.UNNUMBERED : sample(TASKS.resolve(Integer.toString(id)));
  }

  private static ThreadSample sample(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SYSTEM_TICKS + 2);
      return new ThreadSample(
          switch (fields[STATE]) {
            case "R" -> State.RUNNABLE;
            case "T", "t" -> State.STOPPED;
            default -> State.ASLEEP;
          },
          cpuNanos(task, fields));
    } catch (IOException | RuntimeException e) {
      return ThreadSample.UNKNOWN; // it has ended
    }
  }

  private static long cpuNanos(Path task, String[] fields) {
    try {
      String text = Files.readString(task.resolve("schedstat"), StandardCharsets.ISO_8859_1);
      return Long.parseLong(text.substring(0, text.indexOf(' ')));
    } catch (IOException | RuntimeException e) {
      return NANOS_PER_TICK
          * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
    }
  }

  @Override
  public boolean anyStarved() {
    Map<String, Long> before = runnable;
    Map<String, Long> now = new HashMap<>();
    boolean starved = false;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        ThreadSample sample = sample(task);
        if (sample.state() == State.RUNNABLE) {
          String id = task.getFileName().toString();
          now.put(id, sample.cpuNanos());
          Long used = before.get(id);
          starved |= used != null && used == sample.cpuNanos();
        }
      }
    } catch (IOException | RuntimeException e) {
      return true; // no descriptor is left, perhaps: nothing is known, so nobody is blamed
    }
    runnable = now;
    return starved;
  }

  @Override
  public void forget() {
    runnable = Map.of();
  }
}
