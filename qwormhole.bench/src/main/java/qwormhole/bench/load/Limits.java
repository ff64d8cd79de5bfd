package qwormhole.bench.load;

import java.time.Duration;

/** Deadlines of everything that waits, in one place. */
public final class Limits {
  /** How long a side may take to listen, connect and see its connections. */
  public static final Duration OPEN = Duration.ofSeconds(20);

  /** How long a sender or receiver waits while nothing moves at all. */
  public static final Duration STALL = Duration.ofSeconds(15);

  /** How long a side may take to close. */
  public static final Duration CLOSE = Duration.ofSeconds(5);

  private Limits() {}
}
