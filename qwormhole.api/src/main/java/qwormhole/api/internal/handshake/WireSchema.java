package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Optional;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.text.SafeText;

/**
 * The JSON Schemas (2020-12) of what peers say to each other, one for both directions and every
 * provider. Each is compiled once, at its first use. Any thread.
 */
public enum WireSchema {
  /** Protocol section 2. */
  HANDSHAKE("handshake"),
  /** Protocol section 3: what a handshake must have once it has any member of a signature. */
  SIGNED_HANDSHAKE("signed-handshake"),
  /** Protocol section 4. */
  HANDSHAKE_REJECT("handshake-reject"),
  /** Protocol section 6. */
  INTENT("intent"),
  /** Protocol section 6. */
  STATE("state"),
  /** Protocol section 6. */
  REVELATION("revelation"),
  /** Protocol section 6. */
  SHARD("shard"),
  /** Protocol section 6. */
  NEGENTROPY_VECTOR("negentropy-vector"),
  /** Protocol section 2. */
  ENTROPY_METRICS("entropy-metrics");

  private final String id;

  WireSchema(String id) {
    this.id = id;
  }

  /** What is wrong: the member and what it must be, never its value; escaped and cut. */
  public Optional<String> problem(JsonNode value) {
    return first(value).map(WireSchema::describe);
  }

  /**
   * Checks a handshake.
   *
   * @throws HandshakeRejection with {@code E_INVALID_HANDSHAKE_PAYLOAD}, or {@code
   *     E_INVALID_HANDSHAKE_SIGNATURE} when a signed handshake lacks a member
   */
  void check(ObjectNode handshake) throws HandshakeRejection {
    Optional<Error> error = first(handshake);
    if (error.isPresent()) {
      boolean incomplete = this == SIGNED_HANDSHAKE && isRequired(error.get());
      throw incomplete
          ? new HandshakeRejection(
              ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
              "signed handshake is incomplete: " + describe(error.get()))
          : new HandshakeRejection(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD, describe(error.get()));
    }
  }

  private Optional<Error> first(JsonNode value) {
    List<Error> errors = SchemaFiles.compiled(id).validate(value);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.get(0));
  }

  private static boolean isRequired(Error error) {
    return error.getKeyword().equals("required");
  }

  private static String describe(Error error) {
    String member = error.getInstanceLocation().toString();
    String text =
        isRequired(error)
            ? member + "/" + error.getProperty() + " is required"
            : (member.isEmpty() ? "/" : member) + " must be " + expectation(error);
    return SafeText.of("member " + text, SafeText.PEER_CHARS);
  }

  /** The nearest description at or above the keyword that failed, in the file where it stands. */
  private static String expectation(Error error) {
    SchemaLocation where = error.getSchemaLocation();
    JsonNode file = SchemaFiles.read(where.getAbsoluteIri().toString());
    for (NodePath path = where.getFragment(); path != null; path = path.getParent()) {
      JsonNode description = file.at(path.toString()).path("description");
      if (description.isTextual()) {
        return description.textValue();
      }
    }
    return "as the schema says";
  }
}
