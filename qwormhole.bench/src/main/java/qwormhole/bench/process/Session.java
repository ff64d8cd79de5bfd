package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What a child does on command. Called by one thread. */
interface Session extends AutoCloseable {

  /** Answers a command with an event. */
  ObjectNode handle(ObjectNode command) throws IOException;

  @Override
  void close() throws IOException;
}
