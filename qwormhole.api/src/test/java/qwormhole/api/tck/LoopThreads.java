package qwormhole.api.tck;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes a transport's threads and remembers them. */
final class LoopThreads implements ThreadFactory {

  private final List<Thread> made = new CopyOnWriteArrayList<>();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "tck-loop-" + made.size());
    thread.setDaemon(true);
    // What a test throws on purpose need not be printed.
    thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
    made.add(thread);
    return thread;
  }

  List<Thread> made() {
    return made;
  }

  List<Thread> alive() {
    return made.stream().filter(Thread::isAlive).toList();
  }
}
