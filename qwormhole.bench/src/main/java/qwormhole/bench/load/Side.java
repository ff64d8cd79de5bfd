package qwormhole.bench.load;

import java.io.IOException;

/** A contender's half under load, ready once constructed. Called by one thread, not one of its own. */
public interface Side extends AutoCloseable {

  /** What carries the bytes, as the contender names it. */
  String mode();

  /** The port that it listens on; 0 for a side that connects. */
  int port();

  /** What clients have to trust to reach it over TLS, DER in base64; empty without TLS. */
  default String certificate() {
    return "";
  }

  /** Calls and refusals since the beginning. */
  Effort effort();

  @Override
  void close() throws IOException;
}
