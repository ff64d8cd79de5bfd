package qwormhole.api.internal.watch;

/**
 * The kernel's account of a thread at one moment.
 *
 * @param state its place at that moment
 * @param cpuNanos the processor time that it has used so far; 0 when that is not known
 */
record ThreadSample(State state, long cpuNanos) {

  /** Said of a thread of which nothing can be learnt. */
  static final ThreadSample UNKNOWN = new ThreadSample(State.UNKNOWN, 0);

  /** Said of a thread that is one of those which {@link ThreadProbe#anyStarved()} looks at. */
  static final ThreadSample UNNUMBERED = new ThreadSample(State.UNNUMBERED, 0);

  enum State {
    /** It runs, or would if it were given a processor. */
    RUNNABLE,

    /** It waits for something else than a processor. */
    ASLEEP,

    /** It was stopped from outside, by a debugger for instance. */
    STOPPED,

    /** It is not known which of the process's threads it is; none that is starved, if none is. */
    UNNUMBERED,

    UNKNOWN
  }
}
