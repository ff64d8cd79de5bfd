package qwormhole.api.internal.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import qwormhole.api.spi.Transport;

/**
 * One loop thread as the core knows it: idle, which means in the provider's code, or inside the core,
 * or in the provider's code again because the core calls it, or given up. It is given up only while it
 * is in the provider's code, and never enters the core again; so the thread that plays the loop from
 * then on is alone with its links. One that comes back from a call of the core's finds that out first.
 */
final class WatchedLoop implements Runnable {
  private static final int IDLE = 0;
  private static final int INSIDE = 1;
  private static final int CALLING = 2;
  private static final int ABANDONED = 3;

  /** For how long a thread that comes back waits for the links that it had in hand to end. */
  private static final long TAKE_OVER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(WatchedLoop.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Transport.Loop loop;
  private final LoopTasks tasks = new LoopTasks();
  private volatile int state;
  private volatile Thread player;
  private volatile boolean takenOver;

  // Of the thread that plays the loop; the change of hands is ordered by the state.
  private int depth;
  private int entries; // others may read an old value
  private int calls; // so with these
  private WatchedLink links; // the open ones
  private int open; // how many; others may read an old value

  private boolean lost; // known on the provider's thread only, where it is given up within a call

  WatchedLoop(Transport.Loop loop) {
    this.loop = loop;
    this.player = loop.thread();
    if (loop.thread() instanceof WatchedThread thread) {
      thread.loop(this);
    }
  }

  // on the loop

  /** Begins an event or tasks on the provider's thread; false when it must not enter any more. */
  boolean enter() {
    if (depth == 0) {
      entries++;
      if (!STATE.compareAndSet(this, IDLE, INSIDE)) {
        return false;
      }
    } else if (lost || (state == CALLING && !STATE.compareAndSet(this, CALLING, INSIDE))) {
      return false; // an event within a call, or after one
    }
    depth++;
    return true;
  }

  void leave() {
    if (--depth == 0 && !lost) {
      STATE.setRelease(this, IDLE);
    }
  }

  /** The core is about to call the provider, from within an event; false when this is no event. */
  boolean beginCall() {
    if (depth == 0 || lost) {
      return false;
    }
    calls++;
    STATE.setRelease(this, CALLING);
    return true;
  }

  /**
   * The call has returned; false when the loop was given up meanwhile, and another thread has what was
   * this one's.
   */
  boolean endCall() {
    if (STATE.compareAndSet(this, CALLING, INSIDE) || state == INSIDE) {
      return true;
    }
    lost = true;
    long deadline = System.nanoTime() + TAKE_OVER_NANOS;
    while (!takenOver && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(NAP_NANOS);
    }
    return false;
  }

  /** Runs the tasks that wait; submitted to the provider once for all of them. */
  @Override
  public void run() {
    if (enter()) {
      try {
        tasks.runAll();
      } finally {
        leave();
      }
    }
  }

  void add(WatchedLink link) {
    open++;
    link.next = links;
    if (links != null) {
      links.previous = link;
    }
    links = link;
  }

  void remove(WatchedLink link) {
    open--;
    if (link.previous != null) {
      link.previous.next = link.next;
    } else {
      links = link.next;
    }
    if (link.next != null) {
      link.next.previous = link.previous;
    }
    link.previous = null;
    link.next = null;
  }

  // any thread

  void execute(Runnable task) {
    if (tasks.add(task)) {
      loop.executor().execute(this);
    }
  }

  /** Whether the calling thread plays the loop. */
  boolean isCurrent() {
    return Thread.currentThread() == player;
  }

  /** The provider's own thread. */
  Thread thread() {
    return loop.thread();
  }

  /** Has the provider's thread run something that does not enter the core. */
  void ask(Runnable question) {
    loop.executor().execute(question);
  }

  /** Where the loop is; two that are equal were one stay, or nothing at all. */
  record Moment(int entries, int calls, int state) {}

  Moment moment() {
    int now = state;
    return new Moment(entries, calls, now);
  }

  /** How many links are open. */
  int open() {
    return open;
  }

  boolean isInside() {
    return state == INSIDE;
  }

  /** Gives the loop up; false when it is inside the core, or was given up before. */
  boolean abandon() {
    boolean given =
        STATE.compareAndSet(this, IDLE, ABANDONED) || STATE.compareAndSet(this, CALLING, ABANDONED);
    if (given) {
      player = null; // until somebody takes over
    }
    return given;
  }

  boolean isAbandoned() {
    return state == ABANDONED;
  }

  /** No task is taken any more; the transport has ended. */
  void end() {
    tasks.close();
  }

  // on the rescuer's thread

  /** Plays an abandoned loop from now on; runs the tasks that it left. */
  void takeOver() {
    player = Thread.currentThread();
    tasks.rescue();
    tasks.runAll();
  }

  /** All links that the loop had have ended. */
  void endTakeOver() {
    takenOver = true;
  }

  /** The open links, as a chain of {@link WatchedLink#next}. */
  WatchedLink links() {
    return links;
  }

  /** Runs tasks until the transport has ended. */
  void play() {
    while (tasks.await()) {
      tasks.runAll();
    }
  }
}
