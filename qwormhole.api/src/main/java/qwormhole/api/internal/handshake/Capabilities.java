package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The member {@code caps} of a handshake (protocol section 4): an open object, of which a peer
 * understands what it understands.
 *
 * <p>{@code checksum} and {@code ack} say what a side is able to do, {@code want} what it asks for and
 * {@code trust} that it enforces its policy. A client that says {@code checksum} sends no message
 * before the answer, since neither side could tell from which frame on there is one.
 */
final class Capabilities {
  static final String CHECKSUM = "checksum";

  private static final String ACK = "ack";
  private static final String SESSION = "session";
  private static final String RESUME = "resume";
  private static final String CRC32C = "crc32c";
  private static final String ENFORCED = "enforced";
  private static final List<String> CODECS =
      isPresent("com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper")
          ? List.of("binary", "text", "json", "cbor")
          : List.of("binary", "text", "json");

  private Capabilities() {}

  /** What this side is able to do and asks for. */
  static void write(
      ObjectNode caps, HandshakeSettings settings, Backend backend, boolean checksum) {
    caps.putObject("scp").put("version", Scp.VERSION);
    caps.putObject("transport").put("native", backend.isNative()).put("backend", backend.id());
    CODECS.forEach(caps.putArray("codecs")::add);
    caps.put(ACK, true);
    if (settings.offersSession()) {
      caps.putObject(SESSION).put(RESUME, 1);
    }
    if (checksum) {
      caps.putArray(CHECKSUM).add(CRC32C);
    }
    if (settings.features().checksum() || settings.features().acknowledgements()) {
      var want = caps.putArray("want");
      if (settings.features().checksum()) {
        want.add(CHECKSUM);
      }
      if (settings.features().acknowledgements()) {
        want.add(ACK);
      }
    }
    if (settings.features().enforceTrust()) {
      caps.put("trust", ENFORCED);
    }
  }

  static boolean canChecksum(JsonNode caps) {
    return lists(caps.path(CHECKSUM), CRC32C);
  }

  static boolean canAck(JsonNode caps) {
    return caps.path(ACK).booleanValue();
  }

  static boolean canResume(JsonNode caps) {
    return caps.path(SESSION).path(RESUME).asInt(0) >= 1;
  }

  static boolean wantsChecksum(JsonNode caps) {
    return lists(caps.path("want"), CHECKSUM);
  }

  static boolean wantsAck(JsonNode caps) {
    return lists(caps.path("want"), ACK);
  }

  static boolean enforces(JsonNode caps) {
    return caps.path("trust").asText("").equals(ENFORCED);
  }

  /**
   * The codecs of one side that the other has as well. One of the two is this side: the names are its
   * own, and so is the list where it is the same, since every connection keeps one.
   */
  static List<String> commonCodecs(JsonNode caps, JsonNode others) {
    Set<String> common = new LinkedHashSet<>();
    for (JsonNode codec : caps.path("codecs")) {
      if (codec.isTextual() && lists(others.path("codecs"), codec.textValue())) {
        int own = CODECS.indexOf(codec.textValue());
        common.add(own < 0 ? codec.textValue() : CODECS.get(own));
      }
    }
    List<String> names = List.copyOf(common);
    return names.equals(CODECS) ? CODECS : names;
  }

  /**
   * Whether a peer has a capability.
   *
   * @param wanted a member's name such as {@code session}, with dots for members within members, and
   *     after a colon a value that it must be or list: {@code codecs:cbor}
   */
  static boolean has(JsonNode caps, String wanted) {
    int colon = wanted.indexOf(':');
    JsonNode found = caps;
    for (String name : (colon < 0 ? wanted : wanted.substring(0, colon)).split("\\.", -1)) {
      found = found.path(name);
    }
    if (colon < 0) {
      return found.isContainerNode()
          ? !found.isEmpty()
          : !found.isMissingNode() && !(found.isBoolean() && !found.booleanValue());
    }
    String value = wanted.substring(colon + 1);
    return found.isArray()
        ? lists(found, value)
        : found.isValueNode() && found.asText().equals(value);
  }

  private static boolean lists(JsonNode array, String value) {
    for (JsonNode element : array) {
      if (element.isTextual() && element.textValue().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, Capabilities.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
