package qwormhole.api.internal.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import qwormhole.api.internal.frame.ControlFrame;

/**
 * Tells the peer how many of its messages have been handled, every {@link #MESSAGES}, {@link #BYTES} or
 * {@link #DELAY_NANOS}, whichever comes first, but over one link not twice within {@link #GAP_NANOS}.
 * Ticks go on until nothing is left to tell, so that what was handled last is told within the delay,
 * whatever came before. One thread at a time handles messages, which costs no lock; timers may be of
 * any thread.
 */
final class Acknowledger {
  static final int MESSAGES = 256;
  static final int BYTES = 64 << 10;
  static final long DELAY_NANOS = 50_000_000;

  /**
   * Each acknowledgement wakes a thread of the peer. Without a gap that takes a fifth of the rate of a
   * stream, as fast as one link has it; what a sender keeps meanwhile is well below its bounds. One
   * that waits for the gap, and that no further message takes with it, comes after as long again at the latest.
   */
  static final long GAP_NANOS = 1_000_000;

  private static final VarHandle HANDLED;

  static {
    try {
      HANDLED = MethodHandles.lookup().findVarHandle(Acknowledger.class, "handled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Outbound outbound;
  private final Timers timers;

  // Of the thread that handles messages; others read the first one.
  private long handled;
  private int messagesLeft = MESSAGES;
  private int bytesLeft = BYTES;

  // Guarded by this.
  private long told;
  private long toldNanos;
  private boolean late;
  private boolean ticking;

  /** Whether the next tick tells what is handled now; false for some time before the ticks end. */
  private volatile boolean timed;

  Acknowledger(Outbound outbound, Timers timers) {
    this.outbound = outbound;
    this.timers = timers;
    this.toldNanos = timers.nanoTime() - GAP_NANOS;
  }

  /** A message's handler has returned. */
  void handled(int bytes) {
    HANDLED.setRelease(this, handled + 1);
    messagesLeft--;
    bytesLeft -= bytes;
    if (messagesLeft <= 0 || bytesLeft <= 0) {
      messagesLeft = MESSAGES;
      bytesLeft = BYTES;
      if (tellUnlessJustTold()) {
        outbound.flush();
      }
    }
    if (!timed) {
      startTicking();
    }
  }

  /** True when there is something to write then. */
  private synchronized boolean tellUnlessJustTold() {
    if (timers.nanoTime() - toldNanos >= GAP_NANOS) {
      return tell();
    }
    if (!late) {
      late = true;
      timers.schedule(this::onLatest, GAP_NANOS);
    }
    return false;
  }

  private void onLatest() {
    boolean write;
    synchronized (this) {
      late = false;
      write = isNews() && tellUnlessJustTold();
    }
    if (write) {
      outbound.flushOnLoop();
    }
  }

  private synchronized void startTicking() {
    timed = true;
    if (!ticking) {
      ticking = true;
      timers.schedule(this::onTick, DELAY_NANOS);
    }
  }

  /**
   * Ticks end one tick after it was said that they do: a message may have been handled by one who saw
   * neither that, nor was seen here.
   */
  private void onTick() {
    boolean write;
    synchronized (this) {
      boolean news = isNews();
      write = news && tellUnlessJustTold();
      ticking = news || timed;
      timed = news;
      if (ticking) {
        timers.schedule(this::onTick, DELAY_NANOS);
      }
    }
    if (write) {
      outbound.flushOnLoop();
    }
  }

  private boolean isNews() {
    return told != (long) HANDLED.getAcquire(this);
  }

  /** Tells now, as the first thing over a new link or the last one over an old one. */
  void tellAgain() {
    boolean write;
    synchronized (this) {
      write = tell();
    }
    if (write) {
      outbound.flush();
    }
    startTicking();
  }

  /**
   * Within the monitor, so that counts never go down; it is written outside, since a write may not
   * return. What finds no memory is still news at the next tick; what finds no link is told again over
   * the next one.
   */
  private boolean tell() {
    long count = (long) HANDLED.getAcquire(this);
    toldNanos = timers.nanoTime();
    boolean added = outbound.holdControl(ControlFrame.token(ControlFrame.ACK, count), false);
    if (added || !outbound.hasLink()) {
      told = count;
    }
    return added;
  }
}
