package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import qwormhole.api.error.ErrorCode;

/**
 * Reads one JSON object that an unknown peer sent, within the limits of protocol section 2, in time
 * linear in its bytes. What is accepted means the same to every JSON reader: no duplicate members,
 * no unpaired surrogates, no numbers outside a double's range. Integers of up to 18 digits are kept
 * exactly, all other numbers are the double that JavaScript would see.
 */
final class StrictJson {
  static final int MAX_BYTES = 16 * 1024;
  static final int MAX_DEPTH = 32;
  static final int MAX_MEMBERS = 256;
  static final int MAX_STRING_BYTES = 8 * 1024;

  private static final int MAX_NUMBER_CHARS = 1000;
  private static final int MAX_EXACT_CHARS = 18;
  private static final Set<String> FORBIDDEN = Set.of("__proto__", "constructor", "prototype");

  /** Names are neither interned nor shared: peers would fill, and collide in, a common table. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_STRING_BYTES)
                  .maxStringLength(MAX_STRING_BYTES)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .build();

  private final JsonParser parser;
  private final String what;
  private int members;

  private StrictJson(JsonParser parser, String what) {
    this.parser = parser;
    this.what = what;
  }

  /**
   * Reads the object from position to limit; the buffer is left as it was.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD}, naming what and where
   */
  static ObjectNode parse(ByteBuffer payload) throws HandshakeRejection {
    return parse(payload, "handshake");
  }

  /** As {@link #parse(ByteBuffer)}, of something else than a handshake, under its name. */
  static ObjectNode parse(ByteBuffer payload, String what) throws HandshakeRejection {
    CharBuffer text = decode(payload, what);
    try (JsonParser parser =
        FACTORY.createParser(
            text.array(), text.arrayOffset() + text.position(), text.remaining())) {
      return new StrictJson(parser, what).root();
    } catch (IOException e) {
      throw invalid(what + " cannot be read");
    }
  }

  private static CharBuffer decode(ByteBuffer payload, String what) throws HandshakeRejection {
    if (payload.remaining() > MAX_BYTES) {
      throw invalid(what + " is over " + MAX_BYTES + " bytes");
    }
    ByteBuffer bytes = payload.slice();
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw invalid(what + " is not UTF-8 at byte " + bytes.position());
    }
    if (text.hasRemaining() && text.charAt(0) == '\uFEFF') {
      throw invalid(what + " begins with a byte order mark");
    }
    return text;
  }

  private ObjectNode root() throws IOException, HandshakeRejection {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid(what + " is not a JSON object");
      }
      ObjectNode root = object();
      if (parser.nextToken() != null) {
        throw invalid("something follows the JSON object");
      }
      return root;
    } catch (StreamConstraintsException e) {
      throw invalid(
          "JSON is over a limit (%d levels, %d bytes a string, %d digits a number)%s"
              .formatted(MAX_DEPTH, MAX_STRING_BYTES, MAX_NUMBER_CHARS, where()));
    } catch (IOException e) {
      throw invalid(what + " is not JSON" + where());
    }
  }

  /** Recursion is bounded: the parser refuses the level after {@link #MAX_DEPTH}. */
  private JsonNode value(JsonToken token) throws IOException, HandshakeRejection {
    if (token == null) {
      throw invalid(what + " ends early");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> TextNode.valueOf(checked(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw invalid(what + " is not JSON" + where());
    };
  }

  private ObjectNode object() throws IOException, HandshakeRejection {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      checked(name);
      if (++members > MAX_MEMBERS) {
        throw invalid(what + " has more than " + MAX_MEMBERS + " members");
      }
      if (FORBIDDEN.contains(name)) {
        throw invalid("forbidden member name" + where());
      }
      if (object.has(name)) {
        throw invalid("duplicate member" + where());
      }
      object.set(name, value(parser.nextToken()));
    }
    return object;
  }

  private ArrayNode array() throws IOException, HandshakeRejection {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      array.add(value(t));
    }
    return array;
  }

  private JsonNode number(JsonToken token) throws IOException, HandshakeRejection {
    String text = parser.getText();
    if (token == JsonToken.VALUE_NUMBER_INT && text.length() <= MAX_EXACT_CHARS) {
      return LongNode.valueOf(Long.parseLong(text));
    }
    double number = Double.parseDouble(text) + 0.0; // -0.0 becomes 0.0, as JavaScript prints it
    if (Double.isInfinite(number)) {
      throw invalid("number is out of range" + where());
    }
    return DoubleNode.valueOf(number);
  }

  private String checked(String text) throws HandshakeRejection {
    int bytes = Utf8.length(text);
    if (bytes < 0) {
      throw invalid("string holds an unpaired surrogate" + where());
    }
    if (bytes > MAX_STRING_BYTES) {
      throw invalid("string is over " + MAX_STRING_BYTES + " bytes" + where());
    }
    return text;
  }

  private String where() {
    String path = parser.getParsingContext().pathAsPointer().toString();
    long at = parser.currentLocation().getCharOffset();
    return " at character " + at + (path.isEmpty() ? "" : ", member " + path);
  }

  private static HandshakeRejection invalid(String reason) {
    return new HandshakeRejection(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD, reason);
  }
}
