package qwormhole.libsocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One thread that serves its sockets and runs its tasks; asleep without a timeout when there is
 * nothing to do.
 */
final class EpollLoop implements Runnable {

  private final LibsocketTransport transport;
  private final Epoll epoll = new Epoll();
  private final ByteBuffer input;
  private final long inputAddress;
  private final WatchTable table = new WatchTable();
  private final TaskQueue tasks = new TaskQueue();
  private final Timers timers = new Timers();

  /** True from before the loop looks for tasks the last time until it is about to run them. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private Thread thread;
  private int lingering;
  private boolean stopping;
  private long stopNanos;

  EpollLoop(LibsocketTransport transport, int readBufferBytes) throws IOException {
    this.transport = transport;
    this.input = ByteBuffer.allocateDirect(readBufferBytes);
    this.inputAddress = NativeBytes.addressOf(input);
  }

  void startOn(Thread loopThread) {
    thread = loopThread;
    loopThread.start();
  }

  /** Releases what a loop holds that was never started. */
  void abandon() {
    epoll.close();
  }

  Thread thread() {
    return thread;
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  Epoll epoll() {
    return epoll;
  }

  WatchTable table() {
    return table;
  }

  Timers timers() {
    return timers;
  }

  LibsocketTransport transport() {
    return transport;
  }

  /** Shared by all links of the loop: nothing read stays in it after a call to a handler. */
  ByteBuffer input() {
    return input;
  }

  long inputAddress() {
    return inputAddress;
  }

  /** Runs a task on the loop; false when the loop has ended and the task will not run. */
  boolean execute(Runnable task) {
    if (!tasks.add(task)) {
      return false;
    }
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      epoll.wake();
    }
    return true;
  }

  /** Ends the loop; what still lingers at {@code nanos} of {@code System.nanoTime} is cut off. */
  void stop(long nanos) {
    execute(
        () -> {
          tasks.close();
          stopping = true;
          stopNanos = nanos;
        });
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        serve();
        timers.runDue();
        tasks.runAll();
      }
    } catch (Throwable death) {
      transport.failed(death);
    }
    try {
      tasks.close();
      tasks.runAll();
      endWatched(transport.failure());
    } catch (Throwable thrown) {
      transport.failed(thrown);
    } finally {
      table.copy().forEach(Watched::kill);
      epoll.close();
    }
  }

  private void serve() throws IOException {
    asleep.set(true);
    int count = epoll.await(tasks.isEmpty() ? timers.sleepMillis() : 0);
    asleep.set(false); // what handlers submit runs in this turn, without a wake-up
    for (int i = 0; i < count; i++) {
      Watched ready = table.get(epoll.key(i));
      if (ready != null) {
        ready.ready(epoll.ready(i));
      }
    }
  }

  /** Counts a socket in that lingers after its link's end; false when there are enough. */
  boolean startLingering() {
    return lingering < LingeringClose.MAX_PER_LOOP && ++lingering > 0;
  }

  void endLingering() {
    lingering--;
  }

  private void endWatched(Throwable cause) throws IOException {
    for (Watched each : table.copy()) {
      try {
        each.end(cause);
      } catch (RuntimeException e) {
        Uncaught.report(e); // the others are told all the same
      }
    }
    if (cause == null) {
      timers.after(stopNanos - System.nanoTime(), () -> {}); // ends the wait, no more
      while (lingering > 0 && stopNanos - System.nanoTime() > 0) {
        serve();
        timers.runDue();
      }
    }
  }
}
