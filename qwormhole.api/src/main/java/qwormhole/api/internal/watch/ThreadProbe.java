package qwormhole.api.internal.watch;

/** Tells what threads of this process do, and whether they are given processors. One thread at a time. */
interface ThreadProbe {

  /** Looks at one thread. */
  ThreadSample sample(Thread thread);

  /**
   * Looks at all threads of the process; true when one of them was runnable at the look before and at
   * this one, and has not run between them. It may hold what others wait for.
   */
  boolean anyStarved();

  /** The next look is a first one. */
  void forget();

  /** This platform's. */
  static ThreadProbe system() {
    return LinuxThreads.isPresent() ? new LinuxThreads() : new UnknownThreads();
  }

  /** A platform that does not tell. */
  final class UnknownThreads implements ThreadProbe {
    @Override
    public ThreadSample sample(Thread thread) {
      return ThreadSample.UNKNOWN;
    }

    @Override
    public boolean anyStarved() {
      return false;
    }

    @Override
    public void forget() {}
  }
}
