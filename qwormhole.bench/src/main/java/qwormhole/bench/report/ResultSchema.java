package qwormhole.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The published JSON Schema of a result, a resource of this module. Compiled anew for each use: once
 * or twice in a process. Nothing is fetched.
 */
public final class ResultSchema {
  private static final String RESOURCE = "/qwormhole/bench/schema/result.schema.json";

  private ResultSchema() {}

  /** The schema's text. */
  public static JsonNode source() throws IOException {
    try (InputStream in = ResultSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("this build lacks " + RESOURCE);
      }
      return new ObjectMapper().readTree(in);
    }
  }

  /** What a document violates, each as one line with the place in the document; empty when it is a result. */
  public static List<String> problems(JsonNode document) throws IOException {
    JsonNode source = source();
    SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
    Schema schema = registry.getSchema(SchemaLocation.of(source.path("$id").asText()), source);
    return schema.validate(document).stream().map(ResultSchema::line).toList();
  }

  private static String line(Error error) {
    return error.getInstanceLocation() + ": " + error.getMessage();
  }
}
