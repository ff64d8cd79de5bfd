package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/** One side of a measurement as the bench commands it: a child process, or one on another machine. */
interface Peer extends AutoCloseable {

  /**
   * Gives a command and waits for its event.
   *
   * @throws qwormhole.bench.load.UnavailableException when its contender cannot work there
   * @throws ChildFailure when it fails, dies, or does not answer in time
   */
  ObjectNode ask(ObjectNode command, String expected, Duration deadline) throws IOException;

  /** Whether it ended by itself; waits a moment, since pipes break before that. */
  boolean died();

  /** The failure that says how it ended. */
  ChildFailure death();

  /** Ends it. */
  @Override
  void close();
}
