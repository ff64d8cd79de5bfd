package qwormhole.bench.load;

import java.util.List;
import java.util.Locale;

/** What is done with the messages. */
public enum Workload {
  /** One way, client to server, as fast as they go; the receiver checks and confirms. */
  STREAM(1024, 1, 1),
  /** There and back, one in flight. */
  PINGPONG(64, 1, 1),
  /** There and back, a number of them in flight on each of some connections. */
  PIPELINE(64, 4, 32),
  /** One way, server to all clients; each client checks and confirms. */
  BROADCAST(1024, 8, 1),
  /** Connections are opened and left idle. */
  CONNECT(0, 500, 16),
  /** A stream of large messages. */
  BULK(1 << 20, 1, 1);

  private final int defaultSize;
  private final int defaultClients;
  private final int defaultDepth;

  Workload(int defaultSize, int defaultClients, int defaultDepth) {
    this.defaultSize = defaultSize;
    this.defaultClients = defaultClients;
    this.defaultDepth = defaultDepth;
  }

  /** The payload sizes to run: those asked for, or its own; bulk and connect have no choice. */
  public List<Integer> sizes(List<Integer> asked) {
    boolean fixed = this == BULK || this == CONNECT;
    return fixed || asked.isEmpty() ? List.of(defaultSize) : asked;
  }

  /** Connections unless said otherwise. */
  public int defaultClients() {
    return defaultClients;
  }

  /** Echoes outstanding on each connection, or connects under way, unless said otherwise. */
  public int defaultDepth() {
    return defaultDepth;
  }

  /** Whether more than one of something may be under way. */
  public boolean hasDepth() {
    return this == PIPELINE || this == CONNECT;
  }

  /** Whether each connection has an application thread of its own, which bounds their number. */
  public boolean hasThreads() {
    return this == STREAM || this == PINGPONG || this == BULK;
  }

  /** Whether messages go one way, from the client. */
  public boolean isStream() {
    return this == STREAM || this == BULK;
  }

  /** Whether messages come back. */
  public boolean isEcho() {
    return this == PINGPONG || this == PIPELINE;
  }

  /** Whether the server drives a round, and the clients receive. */
  public boolean isServerDriven() {
    return this == BROADCAST;
  }

  /** Whether the yardstick can do it. */
  public boolean hasBare() {
    return this != BROADCAST && this != CONNECT;
  }

  /** The name as users write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
