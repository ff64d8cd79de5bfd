package qwormhole.bench.load;

import java.io.IOException;
import java.time.Duration;

/** A contender's listening half, under load. Called by one thread, which is not one of its own. */
public interface ServerSide extends AutoCloseable {

  /** What carries the bytes, as the contender names it. */
  String mode();

  /** The port that it listens on. */
  int port();

  /**
   * Expects messages on every connection; nothing is in flight now.
   *
   * @param messages how many on each
   * @param patience how long to wait for the connections that were announced
   * @throws IOException when they did not come
   */
  void expect(long messages, Duration patience) throws IOException;

  /** What all connections brought since the beginning. */
  Counts counts();

  /** Write calls and refused sends since the beginning. */
  Effort effort();

  @Override
  void close() throws IOException;
}
