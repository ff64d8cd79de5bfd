package qwormhole.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may send, and what it may not. */
class JacksonCodecTest {
  private static final int COLLIDING = 1 << 17;

  static Stream<String> hostile() {
    return Stream.of(
        "",
        "hello",
        "{\"a\":1}{\"a\":2}",
        "{\"a\":1} x",
        "{\"a\":1}]",
        "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
        "{\"" + "k".repeat(60_000) + "\":1}",
        "{\"a\":" + "9".repeat(5_000) + "}");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatIsNoSingleValueOrOverALimitIsRefused(String text) {
    for (Class<?> type : new Class<?>[] {JsonNode.class, Map.class}) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> Codec.json(type).decode(bytes(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\":[1,null,\"x\"]} \r\n",
        "{\"a\":1e100000000}",
        "{\"\u00e4\":\"\ud83d\ude80\"}"
      })
  void whatIsOneValueIsRead(String text) {
    assertThat(Codec.json(JsonNode.class).decode(bytes(text)).isObject()).isTrue();
    assertThat((Object) Codec.json(Map.class).decode(bytes(text))).isInstanceOf(Map.class);
  }

  /** Refused or read, but soon: none costs more than its length. */
  @Test
  void namesThatCollideTakeNoLongerThanOthers() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < COLLIDING; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 16; bit >= 0; bit--) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\":1");
    }
    ByteBuffer message = bytes(text.append('}').toString());
    long begin = System.nanoTime();

    assertThat(Codec.json(Map.class).decode(message).size()).isEqualTo(COLLIDING);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aLongStringIsLimitedByItsFrameAlone() {
    String text = "{\"a\":\"" + "x".repeat(21_000_000) + "\"}";

    assertThat(Codec.json(JsonNode.class).decode(bytes(text)).path("a").textValue())
        .hasSize(21_000_000);
  }

  @Test
  void cborIsOneValueToo() {
    Codec<JsonNode> codec = Codec.cbor(JsonNode.class);
    ByteBuffer twice = ByteBuffer.wrap(new byte[] {1, 1});

    assertThat(codec.decode(ByteBuffer.wrap(new byte[] {1})).intValue()).isEqualTo(1);
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> codec.decode(twice));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
