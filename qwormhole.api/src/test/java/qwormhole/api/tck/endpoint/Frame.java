package qwormhole.api.tck.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One frame as it came: its length word and what followed. */
final class Frame {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final int word;
  private final byte[] payload;

  Frame(int word, byte[] payload) {
    this.word = word;
    this.payload = payload;
  }

  byte[] payload() {
    return payload;
  }

  boolean isControl() {
    return (word & Wire.CONTROL_BIT) != 0;
  }

  int kind() {
    return payload[0];
  }

  /** The token of a PING or PONG. */
  long token() {
    return ByteBuffer.wrap(payload, 1, 8).getLong();
  }

  /** The reason of a GOAWAY. */
  String reason() {
    return new String(payload, 3, payload.length - 3, StandardCharsets.UTF_8);
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return MAPPER.readTree(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text(), e);
    }
  }

  @Override
  public String toString() {
    return isControl() ? "control frame of kind " + kind() : "frame of " + payload.length;
  }
}
