package qwormhole.bench.load;

import java.time.Duration;

/** Deadlines of everything that waits, and bounds of everything that can be asked for. */
public final class Limits {
  /** How long a side may take to listen, connect and see its connections. */
  public static final Duration OPEN = Duration.ofSeconds(20);

  /** How long a sender or receiver waits while nothing moves at all. */
  public static final Duration STALL = Duration.ofSeconds(15);

  /** How long a side may take to close. */
  public static final Duration CLOSE = Duration.ofSeconds(5);

  /** Connections. */
  public static final int MAX_CLIENTS = 10_000;

  /** Connections that have an application thread each. */
  public static final int MAX_THREADS = 1_000;

  /** Echoes outstanding on a connection, and connects under way. */
  public static final int MAX_DEPTH = 10_000;

  /** Messages on a connection in one round. */
  public static final long MAX_MESSAGES = 1_000_000_000_000L;

  private Limits() {}
}
