package qwormhole.java;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One thread that serves its channels and runs its tasks; asleep without a timeout when there is
 * nothing to do.
 */
final class EventLoop implements Runnable {

  private final JavaTransport transport;
  private final Selector selector;
  private final ByteBuffer readBuffer;
  private final TaskQueue tasks = new TaskQueue();
  private final Timers timers = new Timers();

  /** What the last select found ready. */
  private final List<SelectionKey> ready = new ArrayList<>();

  private final Consumer<SelectionKey> collect = ready::add;

  /** True from before the loop looks for tasks the last time until it is about to run them. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  /** Whether the thread may hold the selector's lock, in which no handler runs. */
  private volatile boolean selecting;

  private Thread thread;
  private int lingering;
  private boolean stopping;
  private long stopNanos;

  EventLoop(JavaTransport transport, int readBufferBytes) throws IOException {
    this.transport = transport;
    this.readBuffer = ByteBuffer.allocateDirect(readBufferBytes);
    this.selector = Selector.open();
  }

  void startOn(Thread loopThread) {
    thread = loopThread;
    loopThread.start();
  }

  /** Releases what a loop holds that was never started. */
  void abandon() {
    Sockets.closeQuietly(selector);
  }

  Thread thread() {
    return thread;
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  Selector selector() {
    return selector;
  }

  /** Shared by all links of the loop: nothing read stays in it after a call to a handler. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  Timers timers() {
    return timers;
  }

  /** Runs a task on the loop; false when the loop has ended and the task will not run. */
  boolean execute(Runnable task) {
    if (!tasks.add(task)) {
      return false;
    }
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
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
        turn();
      }
    } catch (Throwable death) {
      transport.failed(death);
    }
    try {
      tasks.close();
      tasks.runAll();
      endHandlers(transport.failure());
    } finally {
      closeAll();
    }
  }

  private void turn() throws IOException {
    select();
    dispatchReady();
    timers.runDue();
    tasks.runAll();
  }

  private void select() throws IOException {
    asleep.set(true);
    selecting = true;
    if (tasks.isEmpty()) {
      selector.select(collect, timers.sleepMillis());
    } else {
      selector.selectNow(collect);
    }
    selecting = false;
    asleep.set(false);
    // An interrupt meant for a handler must not keep the selector from sleeping.
    Thread.interrupted();
  }

  /**
   * Handlers run when the select is over and its lock is free, so that the port of a listener can be
   * freed while one of them hangs.
   */
  private void dispatchReady() {
    for (int i = 0; i < ready.size(); i++) {
      SelectionKey key = ready.get(i);
      int ops = wantedOps(key);
      if (ops != 0) {
        ((KeyHandler) key.attachment()).ready(ops);
      }
    }
    ready.clear();
  }

  /** What is ready and still wanted: the handlers before this one may have closed or paused it. */
  private static int wantedOps(SelectionKey key) {
    try {
      return key.isValid() ? key.readyOps() & key.interestOps() : 0;
    } catch (CancelledKeyException e) {
      return 0; // by another thread, just now
    }
  }

  /** Releases the descriptors of closed channels now instead of at the next turn. */
  void releaseClosed() throws IOException {
    selector.selectNow(EventLoop::passOver);
  }

  /**
   * As {@link #releaseClosed()}, on another thread for a loop that hangs; false when it hangs in the
   * selector, which nobody else can use then.
   */
  boolean releaseClosedForIt() throws IOException {
    if (selecting) {
      return false;
    }
    selector.selectNow(EventLoop::passOver);
    selector.wakeup(); // one that was meant for the loop may just have been used up
    return true;
  }

  /** Readiness is level-triggered: what is passed over is reported again. */
  private static void passOver(SelectionKey key) {}

  /** Counts a channel in that lingers after its link's end; false when there are enough. */
  boolean startLingering() {
    return lingering < LingeringClose.MAX_PER_LOOP && ++lingering > 0;
  }

  void endLingering() {
    lingering--;
  }

  private void endHandlers(Throwable cause) {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      try {
        ((KeyHandler) key.attachment()).end(cause);
      } catch (Throwable thrown) {
        Uncaught.report(thrown); // the others are told all the same
      }
    }
    if (cause == null) {
      awaitLingering();
    }
  }

  private void awaitLingering() {
    try {
      releaseClosed();
      timers.after(stopNanos - System.nanoTime(), () -> {}); // wakes the selector, no more
      while (lingering > 0 && stopNanos - System.nanoTime() > 0) {
        select();
        dispatchReady();
        timers.runDue();
      }
    } catch (IOException e) {
      // The descriptors are closed next, in any case.
    }
  }

  private void closeAll() {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      Sockets.closeQuietly(key.channel());
    }
    Sockets.closeQuietly(selector);
  }
}
