package qwormhole.api.internal.watch;

/**
 * The signs of life of one loop: answers to questions, and entries into the core. Looked at by one
 * thread.
 */
final class Pulse implements Runnable {
  /** Questions that may wait for an answer; each wakes the loop, and one wake-up may get lost. */
  private static final int MAX_ASKED = 4;

  /** The weight of the present silence. */
  final Evidence evidence = new Evidence();

  private final WatchedLoop loop;
  private volatile int answers; // written on the loop only
  private int asked;
  private int seenAnswers;
  private WatchedLoop.Moment seen;
  private long sinceNanos;

  /** Whether the present silence has been told. */
  boolean told;

  Pulse(WatchedLoop loop) {
    this.loop = loop;
  }

  WatchedLoop loop() {
    return loop;
  }

  /** The answer; on the loop. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
  public void run() {
    answers++;
  }

  /** Looks, and asks; true when the loop has given no sign of life since the look before. */
  boolean isSilent(long now) {
    WatchedLoop.Moment moment = loop.moment();
    int heard = answers;
    boolean silent = heard == seenAnswers && moment.equals(seen);
    seenAnswers = heard;
    seen = moment;
    if (!silent) {
      told = false;
      startAnew(now);
    }
    if (asked - heard < MAX_ASKED) {
      asked++;
      loop.ask(this);
    }
    return silent;
  }

  /** Where the loop was at the last look. */
  WatchedLoop.Moment seen() {
    return seen;
  }

  /** Returns the length of the present silence in nanoseconds. */
  long silence(long now) {
    return now - sinceNanos;
  }

  /** Counts from now on. */
  void startAnew(long now) {
    sinceNanos = now;
    evidence.clear();
  }
}
