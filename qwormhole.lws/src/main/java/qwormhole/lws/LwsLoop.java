package qwormhole.lws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One thread that serves one context of libwebsockets and runs its tasks; asleep without a timeout
 * when there is nothing to do.
 */
final class LwsLoop implements Runnable {

  private final LwsTransport transport;
  private final LwsContext context;
  private final Alarm alarm;
  private final int rxBytes;
  private final WsiTable handlers = new WsiTable();
  private final TaskQueue tasks = new TaskQueue();
  private final Timers timers = new Timers();

  /** True from before the loop looks for tasks the last time until it is about to run them. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private ByteBuffer rx;
  private long rxAddress;
  private Thread thread;
  private Throwable death; // of a callback, which must not throw into the library
  private int lingering;
  private boolean stopping;
  private long stopNanos;

  LwsLoop(LwsTransport transport, LwsLibrary library, int readBufferBytes) throws IOException {
    this.transport = transport;
    this.rxBytes = readBufferBytes;
    this.context = new LwsContext(library, readBufferBytes, this::callback);
    Alarm opened = null;
    try {
      opened = Alarm.open(this);
    } finally {
      if (opened == null) {
        context.destroy();
      }
    }
    this.alarm = opened;
  }

  void startOn(Thread loopThread) {
    thread = loopThread;
    loopThread.start();
  }

  /** Releases what a loop holds that was never started. */
  void abandon() {
    alarm.kill();
    context.destroy();
  }

  Thread thread() {
    return thread;
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  LwsContext context() {
    return context;
  }

  WsiTable handlers() {
    return handlers;
  }

  Timers timers() {
    return timers;
  }

  LwsTransport transport() {
    return transport;
  }

  /** Runs a task on the loop; false when the loop has ended and the task will not run. */
  boolean execute(Runnable task) {
    if (!tasks.add(task)) {
      return false;
    }
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      context.wake();
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
    } catch (Throwable thrown) {
      transport.failed(thrown);
    }
    try {
      tasks.close();
      tasks.runAll();
      endHandlers(transport.failure());
    } catch (Throwable thrown) {
      transport.failed(thrown);
    } finally {
      closeAll();
    }
  }

  private void turn() throws Throwable {
    serve();
    timers.runDue();
    tasks.runAll();
  }

  private void serve() throws Throwable {
    alarm.set(timers);
    asleep.set(true);
    context.service(tasks.isEmpty());
    asleep.set(false);
    if (death != null) {
      throw death;
    }
    if (!alarm.isWatched()) {
      throw new IOException("libwebsockets has closed the loop's timer");
    }
  }

  /** Called by the library for whatever happens, within {@link LwsContext#service}. */
  private int callback(long wsi, int reason, long user, long in, long length) {
    try {
      switch (reason) {
        case Lws.CALLBACK_RAW_RX, Lws.CALLBACK_RAW_WRITEABLE, Lws.CALLBACK_RAW_RX_FILE -> {
          if (asleep.getPlain()) {
            asleep.set(false); // what handlers submit runs in this turn, without a wake-up
          }
          Wsi handler = handlers.get(user);
          return handler == null || handler.ready(reason, in, (int) length) ? 0 : -1;
        }
        case Lws.CALLBACK_RAW_CLOSE, Lws.CALLBACK_RAW_CLOSE_FILE -> {
          Wsi handler = handlers.get(user);
          if (handler != null) {
            handler.gone();
          }
        }
        default -> {}
      }
    } catch (Throwable thrown) {
      death = thrown;
    }
    return 0;
  }

  /** What the library has read, valid during its callback; the same object each time. */
  ByteBuffer received(long address, int length) {
    if (address != rxAddress || length > rx.capacity()) {
      rx = NativeBytes.view(address, Math.max(length, rxBytes));
      rxAddress = address;
    }
    return rx.limit(length).position(0);
  }

  /** Counts a socket in that lingers after its link's end; false when there are enough. */
  boolean startLingering() {
    return lingering < LingeringClose.MAX_PER_LOOP && ++lingering > 0;
  }

  void endLingering() {
    lingering--;
  }

  private void endHandlers(Throwable cause) throws Throwable {
    for (Wsi each : handlers.copy()) {
      try {
        each.end(cause);
      } catch (RuntimeException e) {
        Uncaught.report(e); // the others are told all the same
      }
    }
    if (cause == null) {
      timers.after(stopNanos - System.nanoTime(), () -> {}); // wakes the loop, no more
      while (lingering > 0 && stopNanos - System.nanoTime() > 0) {
        serve();
        timers.runDue();
      }
    }
  }

  private void closeAll() {
    handlers.copy().forEach(Wsi::kill);
    context.destroy();
  }
}
