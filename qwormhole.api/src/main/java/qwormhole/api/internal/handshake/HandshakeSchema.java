package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import qwormhole.api.error.ErrorCode;

/**
 * The JSON Schema (2020-12) of the handshake, one for both directions and every provider (protocol
 * section 2), and that of the reject frame (section 4). Each is compiled once, at its first use;
 * nothing is fetched: the schemas are resources of this module and refer to themselves only.
 */
final class HandshakeSchema {
  private final Schema schema;

  private HandshakeSchema(String resource) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .failFast(true)
            .losslessNarrowing(true)
            .messageSource((key, text, locale, arguments) -> key)
            .pathType(PathType.JSON_POINTER)
            .build();
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(config));
    ObjectNode source = load(resource);
    schema = registry.getSchema(SchemaLocation.of(source.path("$id").asText()), source);
    schema.initializeValidators();
  }

  /**
   * Checks a handshake.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD}: the member and what it
   *     must be, never its value
   */
  static void validate(ObjectNode payload) throws HandshakeRejection {
    Handshake.SCHEMA.check(payload);
  }

  /** Whether this is a well-formed reject frame. */
  static boolean isReject(ObjectNode payload) {
    return Reject.SCHEMA.schema.validate(payload).isEmpty();
  }

  private void check(ObjectNode payload) throws HandshakeRejection {
    List<Error> errors = schema.validate(payload);
    if (!errors.isEmpty()) {
      throw new HandshakeRejection(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD, describe(errors.get(0)));
    }
  }

  private String describe(Error error) {
    String member = error.getInstanceLocation().toString();
    if (error.getKeyword().equals("required")) {
      return "member " + member + "/" + error.getProperty() + " is required";
    }
    return "member " + member + " must be " + expectation(error.getSchemaLocation().getFragment());
  }

  /** The nearest description at or above the keyword that failed. */
  private String expectation(NodePath keyword) {
    for (NodePath path = keyword; path != null; path = path.getParent()) {
      JsonNode description = schema.getSchemaNode().at(path.toString()).path("description");
      if (description.isTextual()) {
        return description.textValue();
      }
    }
    return "as the schema says";
  }

  private static ObjectNode load(String resource) {
    try (InputStream in = HandshakeSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("module qwormhole.api lacks its resource " + resource);
      }
      return StrictJson.parse(ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException | HandshakeRejection e) {
      throw new IllegalStateException("resource " + resource + " cannot be read", e);
    }
  }

  /** Compiled when first used; the class loader makes that happen once. */
  private static final class Handshake {
    static final HandshakeSchema SCHEMA =
        new HandshakeSchema("/qwormhole/api/schema/handshake.schema.json");
  }

  private static final class Reject {
    static final HandshakeSchema SCHEMA =
        new HandshakeSchema("/qwormhole/api/schema/handshake-reject.schema.json");
  }
}
