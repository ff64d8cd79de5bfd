package qwormhole.api.internal.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks at the loops of a transport, and at writes; to be run again and again, by one timer. A loop that is silent
 * although it could have moved, which {@link Evidence} tells from one that is late, either hangs in the
 * provider's code, which is the transport's failure, also where the core called it, or is kept from its work by a handler, which is
 * only told. When the look itself comes late the whole process or machine has stood still, and no
 * silence counts.
 */
public final class LoopWatch implements Runnable {
  /** How often to look. */
  public static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LATE_NANOS = PERIOD_NANOS + PERIOD_NANOS / 2;

  private final WatchedTransport transport;
  private final LongSupplier clock;
  private final ThreadProbe probe;
  private final OnBlocked onBlocked;
  private final List<Pulse> pulses;
  private final WriteWatch writes;
  private long lookedNanos;

  /** Told once of each time that a loop is kept from its work; on the watch's thread. */
  @FunctionalInterface
  public interface OnBlocked {
    /**
     * Connections wait.
     *
     * @param loop the thread's name
     * @param millis for how long so far
     * @param inHandler whether the application's code is on the thread's stack
     * @param where the innermost frames of its stack, in one line
     */
    void blocked(String loop, long millis, boolean inHandler, String where);
  }

  /** A watch over a transport, by a clock such as {@link System#nanoTime()}. */
  public LoopWatch(WatchedTransport transport, LongSupplier clock, OnBlocked onBlocked) {
    this(transport, clock, ThreadProbe.system(), onBlocked);
  }

  LoopWatch(
      WatchedTransport transport, LongSupplier clock, ThreadProbe probe, OnBlocked onBlocked) {
    this.transport = transport;
    this.clock = clock;
    this.probe = probe;
    this.onBlocked = onBlocked;
    this.pulses = transport.watched().stream().map(Pulse::new).toList();
    this.writes = new WriteWatch(transport, probe);
    this.lookedNanos = clock.getAsLong();
  }

  @Override
  public void run() {
    long now = clock.getAsLong();
    boolean late = now - lookedNanos > LATE_NANOS;
    lookedNanos = now;
    List<Pulse> silent = silent(now);
    boolean writing = writes.look(now);
    if (late) {
      silent.forEach(pulse -> pulse.startAnew(now));
      writes.startAnew();
    }
    if (late || (silent.isEmpty() && !writing)) {
      probe.forget();
    } else {
      judge(now, silent, probe.anyStarved());
    }
    if (!late && !transport.hasFailed()) {
      failIf(writes.judgeRefusing());
    }
  }

  private void judge(long now, List<Pulse> silent, boolean starved) {
    for (Pulse pulse : silent) {
      if (pulse.evidence.add(now, probe.sample(pulse.loop().thread()), starved)) {
        judge(pulse, TimeUnit.NANOSECONDS.toMillis(pulse.silence(now)));
      }
    }
    if (!transport.hasFailed()) {
      failIf(writes.judge(now, starved));
    }
  }

  private void failIf(IOException cause) {
    if (cause != null) {
      transport.failed(cause);
    }
  }

  private List<Pulse> silent(long now) {
    List<Pulse> silent = new ArrayList<>(0);
    for (Pulse pulse : pulses) {
      if (!pulse.loop().isAbandoned() && pulse.isSilent(now)) {
        silent.add(pulse);
      }
    }
    return silent;
  }

  private void judge(Pulse pulse, long millis) {
    WatchedLoop loop = pulse.loop();
    Thread thread = loop.thread();
    String name = thread.getName();
    if (!loop.moment().equals(pulse.seen())) {
      return; // it has just moved
    }
    if (loop.abandon()) {
      transport.failed(
          loop,
          new IOException(
              "the loop " + name + " has hung for " + millis + " ms: " + StackText.of(thread)));
    } else if (!pulse.told) {
      StackTraceElement[] stack = thread.getStackTrace();
      if (loop.moment().equals(pulse.seen())) { // it is where it was, and so is its stack
        pulse.told = true;
        onBlocked.blocked(
            name,
            millis,
            StackText.isInApplication(transport.providerPackage(), stack),
            StackText.of(stack));
      }
    }
  }
}
