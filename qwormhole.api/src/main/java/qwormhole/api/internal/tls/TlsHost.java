package qwormhole.api.internal.tls;

import java.util.concurrent.CompletionStage;
import qwormhole.api.internal.frame.SegmentPool;

/** What TLS borrows of the core. Any thread. */
public interface TlsHost {

  /** Where its memory comes from. */
  SegmentPool pool();

  /**
   * Does what takes milliseconds away from the loops; fails when too much of it waits already. The
   * outcome is told on any thread.
   */
  CompletionStage<?> offLoop(Runnable work);

  /** Runs a short task later; returns what cancels it. */
  Runnable schedule(Runnable task, long delayNanos);
}
