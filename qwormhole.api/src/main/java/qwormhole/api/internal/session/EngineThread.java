package qwormhole.api.internal.session;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import qwormhole.api.internal.watch.WatchedThread;

/** A thread of this library: what would wait for loops must not wait on one of these. */
final class EngineThread extends WatchedThread {
  private EngineThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }

  static boolean isCurrent() {
    return Thread.currentThread() instanceof EngineThread;
  }

  /** Daemon threads called {@code qwormhole-<role>-<n>}. */
  static ThreadFactory factory(String role) {
    AtomicInteger count = new AtomicInteger();
    return task -> new EngineThread(task, "qwormhole-" + role + "-" + count.incrementAndGet());
  }
}
