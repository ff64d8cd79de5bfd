package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Looks for one member in the beginning of a frame that may be anything. What does not begin as a JSON
 * object costs a look at its first byte, any other one is read as far as the member, at most 16 KiB.
 */
final class JsonPeek {
  /** Depth is bounded by the bytes: what is skipped here is not recursed into. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(StrictJson.MAX_BYTES).build())
          .build();

  private JsonPeek() {}

  /**
   * The text of the first member of this name in the object that a frame is, whatever follows it; empty
   * when there is none, or it is no text. The buffer is left as it was.
   */
  static String text(ByteBuffer frame, String name) {
    return beginsAsObject(frame) ? member(frame, name) : "";
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

  private static String member(ByteBuffer frame, String name) {
    try (JsonParser parser = FACTORY.createParser(new Beginning(frame))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isWanted = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (isWanted) {
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
