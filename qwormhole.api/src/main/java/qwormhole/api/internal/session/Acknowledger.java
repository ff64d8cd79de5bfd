package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.ControlFrame;

/**
 * Tells the peer how many of its messages have been handled, every {@link #MESSAGES}, {@link #BYTES} or
 * {@link #DELAY_NANOS}, whichever comes first. Any thread.
 */
final class Acknowledger {
  static final int MESSAGES = 256;
  static final int BYTES = 64 << 10;
  static final long DELAY_NANOS = 50_000_000;

  private final Outbound outbound;
  private final Timers timers;
  private long handled;
  private long told;
  private long untoldBytes;
  private boolean timing;

  Acknowledger(Outbound outbound, Timers timers) {
    this.outbound = outbound;
    this.timers = timers;
  }

  /** A message's handler has returned. */
  void handled(int bytes) {
    synchronized (this) {
      handled++;
      untoldBytes += bytes;
      if (handled - told < MESSAGES && untoldBytes < BYTES) {
        if (!timing) {
          timing = true;
          timers.schedule(this::onTime, DELAY_NANOS);
        }
        return;
      }
    }
    tell();
  }

  private void onTime() {
    synchronized (this) {
      timing = false;
      if (handled == told) {
        return;
      }
    }
    tell();
  }

  /** Tells now, as the first thing over a new link. */
  void tellAgain() {
    tell();
  }

  /** Within the monitor, so that counts never go down. */
  private synchronized void tell() {
    told = handled;
    untoldBytes = 0;
    outbound.addControl(ControlFrame.token(ControlFrame.ACK, handled), false);
  }
}
