package qwormhole.api.internal.watch;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks at the loops of a transport; to be run again and again, by one timer. A loop that is silent for
 * too long either hangs in the provider's code, which is the transport's failure, or is kept from its
 * work by the core or a handler, which is only told. When the look itself comes late the whole process
 * or machine has stood still, and no silence counts.
 */
public final class LoopWatch implements Runnable {
  /** How often to look. */
  public static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LATE_NANOS = 2 * PERIOD_NANOS;
  private static final long PATIENCE_NANOS = 3 * PERIOD_NANOS;

  private final WatchedTransport transport;
  private final LongSupplier clock;
  private final OnBlocked onBlocked;
  private final List<Pulse> pulses;
  private long lookedNanos;

  /** Told once of each time that a loop is kept from its work; on the watch's thread. */
  @FunctionalInterface
  public interface OnBlocked {
    /**
     * Connections wait.
     *
     * @param loop the thread's name
     * @param millis for how long so far
     * @param where the innermost frames of its stack, in one line
     */
    void blocked(String loop, long millis, String where);
  }

  /** A watch over a transport, by a clock such as {@link System#nanoTime()}. */
  public LoopWatch(WatchedTransport transport, LongSupplier clock, OnBlocked onBlocked) {
    this.transport = transport;
    this.clock = clock;
    this.onBlocked = onBlocked;
    this.pulses = transport.watched().stream().map(Pulse::new).toList();
    this.lookedNanos = clock.getAsLong();
  }

  @Override
  public void run() {
    long now = clock.getAsLong();
    boolean late = now - lookedNanos > LATE_NANOS;
    lookedNanos = now;
    for (Pulse pulse : pulses) {
      if (pulse.loop().isAbandoned()) {
        continue;
      }
      if (late) {
        pulse.startAnew(now);
      }
      long silence = pulse.silence(now);
      boolean hangs = pulse.silenceOutside(now) >= PATIENCE_NANOS;
      if (hangs || silence >= PATIENCE_NANOS) {
        judge(pulse, hangs, TimeUnit.NANOSECONDS.toMillis(silence));
      }
    }
  }

  private void judge(Pulse pulse, boolean hangs, long millis) {
    WatchedLoop loop = pulse.loop();
    String name = loop.thread().getName();
    if (hangs && loop.abandon()) {
      transport.failed(
          loop,
          new IOException(
              "the loop "
                  + name
                  + " has hung for "
                  + millis
                  + " ms: "
                  + StackText.of(loop.thread())));
    } else if (loop.isInside() && !pulse.told) {
      pulse.told = true;
      onBlocked.blocked(name, millis, StackText.of(loop.thread()));
    }
  }
}
