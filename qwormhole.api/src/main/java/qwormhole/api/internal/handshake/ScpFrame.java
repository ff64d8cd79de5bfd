package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A data frame that is an SCP message (protocol section 6): a JSON object whose {@code type} is intent,
 * state or shard.
 *
 * @param message the message, or null when it is not valid
 * @param problem what is wrong with it, escaped and cut, or null
 */
public record ScpFrame(ObjectNode message, String problem) {
  private static final Set<String> TYPES = Set.of("intent", "state", "shard");

  /** Depth is bounded by the bytes: what is skipped here is not recursed into. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(StrictJson.MAX_BYTES).build())
          .build();

  /**
   * Looks whether a frame is an SCP message, and reads it if so. What does not begin as a JSON object
   * costs a look at its first byte, any other JSON object is read as far as its {@code type}, at most
   * 16 KiB. The buffer is left as it was.
   *
   * @return null when the frame is something else
   */
  public static ScpFrame read(ByteBuffer frame) {
    if (!beginsAsObject(frame) || !TYPES.contains(type(frame))) {
      return null;
    }
    try {
      ObjectNode message = StrictJson.parse(frame, "message");
      return ScpMessages.problem(message)
          .map(problem -> new ScpFrame(null, problem))
          .orElseGet(() -> new ScpFrame(message, null));
    } catch (HandshakeRejection e) {
      return new ScpFrame(null, e.reason());
    }
  }

  private static boolean beginsAsObject(ByteBuffer frame) {
    for (int i = frame.position(); i < frame.limit(); i++) {
      byte next = frame.get(i);
      if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
        return next == '{';
      }
    }
    return false;
  }

  /** The text of the first member {@code type}; empty when there is none, or no JSON. */
  private static String type(ByteBuffer frame) {
    try (JsonParser parser = FACTORY.createParser(new Beginning(frame))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isType = parser.currentName().equals("type");
        JsonToken value = parser.nextToken();
        if (isType) {
          return value == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException notJson) {
      return "";
    }
  }

  /** The first bytes of a frame, a few at a time, since the type mostly stands among the first. */
  private static final class Beginning extends InputStream {
    private static final int CHUNK = 256;

    private final ByteBuffer bytes;

    Beginning(ByteBuffer frame) {
      bytes = frame.slice();
      bytes.limit(Math.min(bytes.limit(), StrictJson.MAX_BYTES));
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(Math.min(length, CHUNK), bytes.remaining());
      bytes.get(into, offset, count);
      return count;
    }
  }
}
