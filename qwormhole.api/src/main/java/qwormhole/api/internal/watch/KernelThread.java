package qwormhole.api.internal.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A thread that knows its number with the kernel, by which the watch looks it up. */
public interface KernelThread {

  /** The number; 0 before the thread runs and where there is none. */
  int kernelId();

  /** Returns the calling thread's number on Linux, and 0 elsewhere. */
  static int currentId() {
    try {
      // Such as 4711/task/4713.
      return Integer.parseInt(
          Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString());
    } catch (IOException | RuntimeException e) {
      return 0; // another platform, or no /proc
    }
  }
}
