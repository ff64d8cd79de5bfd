package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.UnavailableException;

/** What an event says about the command before it. */
final class Answers {
  private Answers() {}

  /** The event, if it is the one that was expected. */
  static ObjectNode expect(String who, ObjectNode event, String expected) throws IOException {
    String kind = event.get("kind").asText();
    if (kind.equals(expected)) {
      return event;
    }
    String message =
        event.hasNonNull("message") ? Fields.text(event, "message") : "it said " + kind;
    if (kind.equals("unavailable")) {
      throw new UnavailableException(message, null);
    }
    throw new ChildFailure("the %s failed: %s".formatted(who, Fields.printable(message)));
  }
}
