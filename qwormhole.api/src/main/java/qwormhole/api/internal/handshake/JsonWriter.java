package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Writes a JSON tree as UTF-8, members in their order. Not {@code ObjectMapper}: loading that takes
 * 100 ms of the first handshake, for a tree of plain values.
 */
final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TYPICAL_BYTES = 512;

  private JsonWriter() {}

  /**
   * The object as JSON.
   *
   * @throws IOException when a text in it has no UTF-8 form
   */
  static byte[] write(ObjectNode root) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      write(root, generator);
    }
    return out.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          out.writeFieldName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode element : node) {
          write(element, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NULL -> out.writeNull();
      case NUMBER -> {
        if (node.isIntegralNumber()) {
          out.writeNumber(node.longValue());
        } else {
          out.writeNumber(node.doubleValue());
        }
      }
      default -> throw new IOException("no JSON form: " + node.getNodeType());
    }
  }
}
