package qwormhole.api.internal.session.simulation;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import qwormhole.api.internal.session.Timers;

/**
 * Time, and the order of everything: one thread takes one event after the other, each at its time,
 * and those of one time in an order that the seed chooses. Nothing here waits.
 */
final class World implements Timers {
  /** After so many events in a schedule something runs in circles. */
  private static final int MAX_EVENTS = 2_000_000;

  private static final long LOOK_NANOS = 200_000;

  /** A clock that is about to overflow, since that of a machine may be. */
  private static final long START_NANOS = Long.MAX_VALUE - 10_000_000_000L;

  final Random random;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.dueNanos != b.dueNanos
                  ? Long.signum(a.dueNanos - b.dueNanos)
                  : Integer.compare(a.order, b.order));

  /** Runs between events, and when time passes in which nothing happens. */
  Runnable onLook = () -> {};

  /** Runs after each event. */
  Runnable onEvent = () -> {};

  private long now = START_NANOS;
  private long fingerprint;
  private int count;
  private int timers;

  private static final class Event {
    final Runnable action;
    final long dueNanos;
    final int order;
    boolean cancelled;

    Event(Runnable action, long dueNanos, int order) {
      this.action = action;
      this.dueNanos = dueNanos;
      this.order = order;
    }
  }

  World(long seed) {
    random = new Random(seed);
  }

  // what happens

  /** Something happens after so many nanoseconds. */
  void after(long delayNanos, Runnable action) {
    add(delayNanos, action);
  }

  /** Something happens soon: at once, or a little later than that. */
  void soon(Runnable action) {
    add(shortWhile(), action);
  }

  private Event add(long delayNanos, Runnable action) {
    Event event = new Event(action, now + Math.max(0, delayNanos), random.nextInt());
    events.add(event);
    return event;
  }

  /** Most often no time at all, sometimes what a processor needs, sometimes what a network does. */
  private long shortWhile() {
    int chance = random.nextInt(100);
    if (chance < 70) {
      return 0;
    }
    if (chance < 90) {
      return random.nextInt(50_000);
    }
    return random.nextInt(chance < 98 ? 2_000_000 : 60_000_000);
  }

  /** True so many times in a hundred. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** One of these, each as likely. */
  int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** One event; false when there is none. */
  private boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    if (next.cancelled) {
      return true;
    }
    if (next.dueNanos - now > LOOK_NANOS || chance(5)) {
      events.add(next);
      now += Math.min(LOOK_NANOS, next.dueNanos - now);
      onLook.run();
      next = events.poll();
      if (next.cancelled) {
        return true;
      }
    }
    now = next.dueNanos - now > 0 ? next.dueNanos : now;
    fingerprint = fingerprint * 31 + now + next.order;
    next.action.run();
    onEvent.run();
    if (++count > MAX_EVENTS) {
      throw new AssertionError("no end after " + count + " events");
    }
    return true;
  }

  /** Goes on until something has come, for at most so many nanoseconds; whether it has. */
  boolean runUntil(BooleanSupplier done, long nanos) {
    long deadline = now + nanos;
    while (!done.getAsBoolean()) {
      if (now - deadline > 0 || !step()) {
        return false;
      }
    }
    return true;
  }

  /** Equal for two worlds in which the same has happened in the same order. */
  long fingerprint() {
    return fingerprint;
  }

  // timers

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    timers++;
    // The reconnect delay is the process's own choice, of which a schedule must not depend.
    long delay =
        delayNanos <= 1_000_000 ? random.nextInt(pick(3_000_000, 100_000_000)) : delayNanos;
    Event[] event = new Event[1];
    event[0] =
        add(
            delay + (chance(10) ? random.nextInt(5_000_000) : 0),
            () -> {
              end(event[0]);
              task.run();
            });
    return () -> end(event[0]);
  }

  private void end(Event timer) {
    timers -= timer.cancelled ? 0 : 1;
    timer.cancelled = true;
  }

  @Override
  public Runnable repeat(Runnable task, long periodNanos) {
    Runnable[] cancel = new Runnable[1];
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          cancel[0] = schedule(again[0], periodNanos);
          task.run();
        };
    cancel[0] = schedule(again[0], periodNanos);
    return () -> cancel[0].run();
  }

  @Override
  public void close() {}

  /** How many timers have not run and are not cancelled. */
  int timers() {
    return timers;
  }
}
