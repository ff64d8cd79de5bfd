package qwormhole.api.internal.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import qwormhole.api.spi.Transport;

/**
 * One loop thread as the core knows it: idle, which means in the provider's code, or inside the core,
 * or given up. It is given up only while it is idle, and never enters the core again; so the thread
 * that plays the loop from then on is alone with its links.
 */
final class WatchedLoop implements Runnable {
  private static final int IDLE = 0;
  private static final int INSIDE = 1;
  private static final int ABANDONED = 2;

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

  // Of the thread that plays the loop; the change of hands is ordered by the state.
  private int depth;
  private int entries; // others may read an old value
  private WatchedLink links; // the open ones

  WatchedLoop(Transport.Loop loop) {
    this.loop = loop;
    this.player = loop.thread();
  }

  // on the loop

  /** Begins an event or tasks on the provider's thread; false when it must not enter any more. */
  boolean enter() {
    if (depth == 0) {
      entries++;
      if (!STATE.compareAndSet(this, IDLE, INSIDE)) {
        return false;
      }
    }
    depth++;
    return true;
  }

  void leave() {
    if (--depth == 0) {
      STATE.setRelease(this, IDLE);
    }
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
    link.next = links;
    if (links != null) {
      links.previous = link;
    }
    links = link;
  }

  void remove(WatchedLink link) {
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
  record Moment(int entries, int state) {}

  Moment moment() {
    return new Moment(entries, state);
  }

  boolean isInside() {
    return state == INSIDE;
  }

  /** Gives the loop up; false when it is inside the core, or was given up before. */
  boolean abandon() {
    return STATE.compareAndSet(this, IDLE, ABANDONED);
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
