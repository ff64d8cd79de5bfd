package qwormhole.libsocket;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a descriptor from being closed while another thread writes to it: its number may belong to
 * another connection a moment later.
 */
@SuppressWarnings("serial") // never serialized: it is a field without an object of its own
final class WriteGate extends AtomicInteger {

  private static final int FREE = 0;
  private static final int WRITING = 1;
  private static final int SHUT = 2;
  private static final int TRIES = 1000;

  /** Before a write; only one thread at a time writes. */
  void enter() throws ClosedChannelException {
    if (!compareAndSet(FREE, WRITING)) {
      throw new ClosedChannelException();
    }
  }

  /** Beside a writer; false when the descriptor is closed, or that write does not come to its end. */
  @SuppressWarnings("ThreadPriorityCheck") // the writer has lost its processor: give it ours
  boolean tryEnter() {
    for (int tries = 0; tries < TRIES && get() != SHUT; tries++) {
      if (compareAndSet(FREE, WRITING)) {
        return true;
      }
      Thread.yield();
    }
    return false;
  }

  void leave() {
    setRelease(FREE);
  }

  /** Before the descriptor is closed: waits for a write, which never blocks, to be over. */
  @SuppressWarnings("ThreadPriorityCheck") // the writer has lost its processor: give it ours
  void shut() {
    int spins = 0;
    while (!compareAndSet(FREE, SHUT) && get() != SHUT) {
      if (++spins < 100) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }
}
