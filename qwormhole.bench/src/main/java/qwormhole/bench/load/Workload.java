package qwormhole.bench.load;

import java.util.Locale;

/** What is done with the messages. */
public enum Workload {
  /** One way, as fast as they go; the receiver checks and confirms. */
  STREAM(1024, 100_000),
  /** There and back, one in flight. */
  PINGPONG(64, 20_000);

  private final int defaultSize;
  private final long defaultMessages;

  Workload(int defaultSize, long defaultMessages) {
    this.defaultSize = defaultSize;
    this.defaultMessages = defaultMessages;
  }

  /** Payload bytes of a message unless said otherwise. */
  public int defaultSize() {
    return defaultSize;
  }

  /** Messages on each connection and repeat unless said otherwise. */
  public long defaultMessages() {
    return defaultMessages;
  }

  /** The name as users write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
