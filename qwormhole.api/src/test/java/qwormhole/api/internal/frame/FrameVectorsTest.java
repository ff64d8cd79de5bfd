package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import qwormhole.api.error.ErrorCode;

/**
 * Frames as the TypeScript peer writes and reads them. One difference is wanted: after an oversize
 * header the peer reads on, this decoder has ended.
 */
class FrameVectorsTest {
  private static final JsonNode VECTORS = load();

  /** An event of a vector: after which chunk, and what. */
  private record Event(int chunk, String what) {}

  /** A frame sink that names frames as the vectors do. */
  private static final class Events implements FrameSink {
    final List<Event> seen = new ArrayList<>();
    int chunk;

    @Override
    public boolean onFrame(ByteBuffer payload) {
      seen.add(new Event(chunk, payload.remaining() + ":" + sha256(Bytes.of(payload))));
      return true;
    }

    @Override
    public boolean onControl(int kind, ByteBuffer body) {
      throw new AssertionError("control frames are not part of the vectors");
    }
  }

  @Test
  void vectorsAreThere() {
    assertThat(VECTORS.path("decode").size()).isEqualTo(24);
    assertThat(VECTORS.path("encode").size()).isEqualTo(5);
  }

  @TestFactory
  Stream<DynamicTest> decoderAgreesUpToTheFirstFault() {
    return StreamSupport.stream(VECTORS.path("decode").spliterator(), false)
        .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> decode(vector)));
  }

  private static void decode(JsonNode vector) throws FrameException {
    SegmentPool pool = new SegmentPool(64 << 20);
    FrameDecoder decoder = new FrameDecoder(pool, vector.path("maxFrameLength").asInt());
    Events events = new Events();
    Event fault = firstFault(vector);
    for (JsonNode chunk : vector.path("chunks")) {
      ByteBuffer bytes = ByteBuffer.wrap(bytesOf(chunk));
      if (fault != null && events.chunk == fault.chunk()) {
        assertThatThrownBy(() -> decoder.decode(bytes, events))
            .isInstanceOfSatisfying(
                FrameException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE))
            .hasMessage(fault.what());
      } else {
        decoder.decode(bytes, events);
      }
      events.chunk++;
    }

    assertThat(events.seen).isEqualTo(framesBefore(vector, fault));
    assertThat(decoder.heldBytes())
        .isEqualTo(fault == null ? vector.path("pendingBytes").asInt() : 0);
    decoder.end();
    assertThat(pool.outBytes()).isZero();
  }

  @Test
  void queueWritesWhatThePeerWrites() {
    for (JsonNode vector : VECTORS.path("encode")) {
      OutboundQueue queue = new OutboundQueue(new SegmentPool(1 << 20));
      ByteBuffer payload = ByteBuffer.wrap(Bytes.hex(vector.path("payloadHex").asText()));

      assertThat(queue.add(payload, true, 0, false, false)).isTrue();

      assertThat(Bytes.hex(Bytes.of(queue.take().memory)))
          .isEqualTo(vector.path("frameHex").asText());
    }
  }

  private static List<Event> framesBefore(JsonNode vector, Event fault) {
    List<Event> frames = new ArrayList<>();
    for (JsonNode event : vector.path("events")) {
      int chunk = event.path("afterChunk").asInt();
      if (event.has("error")) {
        return frames;
      }
      frames.add(new Event(chunk, frameOf(event)));
    }
    assertThat(fault).isNull();
    return frames;
  }

  private static String frameOf(JsonNode event) {
    if (event.has("frameSha256")) {
      return event.path("frameLength").asInt() + ":" + event.path("frameSha256").asText();
    }
    byte[] payload = Bytes.hex(event.path("frameHex").asText());
    return payload.length + ":" + sha256(payload);
  }

  private static Event firstFault(JsonNode vector) {
    for (JsonNode event : vector.path("events")) {
      if (event.has("error")) {
        String text = event.path("error").asText();
        return new Event(
            event.path("afterChunk").asInt(),
            text.replace("Frame length", "frame length").replace("exceeds", "exceeds the"));
      }
    }
    return null;
  }

  private static byte[] bytesOf(JsonNode chunk) {
    if (chunk.has("hex")) {
      return Bytes.hex(chunk.path("hex").asText());
    }
    byte[] repeated = new byte[chunk.path("count").asInt()];
    Arrays.fill(repeated, Bytes.hex(chunk.path("repeatHex").asText())[0]);
    return repeated;
  }

  private static String sha256(byte[] bytes) {
    try {
      return Bytes.hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode load() {
    try (InputStream in = FrameVectorsTest.class.getResourceAsStream("/vectors/frames.json")) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
