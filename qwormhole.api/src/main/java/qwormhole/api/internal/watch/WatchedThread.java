package qwormhole.api.internal.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A thread that knows its number with the kernel, by which the watch looks it up, and its loop. */
public class WatchedThread extends Thread {
  private volatile int kernelId;
  private volatile WatchedLoop loop;

  /** A thread that runs a task under a name. */
  public WatchedThread(Runnable task, String name) {
    super(task, name);
  }

  @Override
  public void run() {
    kernelId = currentKernelId();
    super.run();
  }

  /** Its number on Linux; 0 before it runs, and elsewhere. */
  final int kernelId() {
    return kernelId;
  }

  /** It is the thread of a loop from now on. */
  final void loop(WatchedLoop watched) {
    loop = watched;
  }

  /** The loop whose own thread is the calling one, or null. */
  static WatchedLoop currentLoop() {
    return Thread.currentThread() instanceof WatchedThread thread ? thread.loop : null;
  }

  private static int currentKernelId() {
    try {
      // Such as 4711/task/4713.
      return Integer.parseInt(
          Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString());
    } catch (IOException | RuntimeException e) {
      return 0; // another platform, or no /proc
    }
  }
}
