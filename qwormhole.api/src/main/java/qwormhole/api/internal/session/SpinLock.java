package qwormhole.api.internal.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for sections of a few dozen nanoseconds that never block: one compare-and-set to enter and
 * one store to leave, about half of what a queueing lock costs per message. A thread that finds it
 * taken spins briefly, then yields, then naps, so that a holder that lost its processor gets it back.
 * Not reentrant.
 */
abstract class SpinLock {
  private static final VarHandle HELD;
  private static final int SPINS = 100;
  private static final int YIELDS = 50;
  private static final long NAP_NANOS = 20_000;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(SpinLock.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // through the handle
  private int held;

  final void lock() {
    if (!HELD.compareAndSet(this, 0, 1)) {
      lockSlowly();
    }
  }

  final void unlock() {
    HELD.setRelease(this, 0);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a yield is a hint here; the nap is what is relied upon
  private void lockSlowly() {
    for (int attempt = 0; ; attempt++) {
      if ((int) HELD.getOpaque(this) == 0 && HELD.compareAndSet(this, 0, 1)) {
        return;
      }
      if (attempt < SPINS) {
        Thread.onSpinWait();
      } else if (attempt < SPINS + YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }
}
