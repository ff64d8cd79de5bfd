package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.serialization.NodeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schema resources of this module. They refer to each other only: nothing is fetched. */
final class SchemaFiles {
  static final String URN = "urn:qwormhole:";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder
                  .schemas(SchemaFiles::text)
                  .nodeReader(new Reader())
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .failFast(true)
                          .losslessNarrowing(true)
                          .messageSource((key, text, locale, arguments) -> key)
                          .pathType(PathType.JSON_POINTER)
                          .build()));

  private static final Map<String, ObjectNode> PARSED = new ConcurrentHashMap<>();
  private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

  private SchemaFiles() {}

  /** The schema of this name, compiled when it is first asked for. */
  static Schema compiled(String name) {
    return COMPILED.computeIfAbsent(
        name,
        missing -> {
          Schema schema = REGISTRY.getSchema(SchemaLocation.of(URN + missing));
          schema.initializeValidators();
          return schema;
        });
  }

  /** A schema's text by its id. */
  static ObjectNode read(String urn) {
    return PARSED.computeIfAbsent(urn, id -> parse(text(id)));
  }

  private static String text(String urn) {
    if (!urn.startsWith(URN)) {
      return null;
    }
    String resource = "/qwormhole/api/schema/" + urn.substring(URN.length()) + ".schema.json";
    try (InputStream in = SchemaFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("module qwormhole.api lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + resource + " cannot be read", e);
    }
  }

  private static ObjectNode parse(String json) {
    try {
      return StrictJson.parse(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    } catch (HandshakeRejection e) {
      throw new IllegalStateException("a schema resource cannot be read", e);
    }
  }

  /** In place of the library's, which loads Jackson's object mapper. */
  private static final class Reader implements NodeReader {
    @Override
    public JsonNode readTree(String content, InputFormat format) {
      return parse(content);
    }

    @Override
    public JsonNode readTree(InputStream content, InputFormat format) throws IOException {
      return parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
