package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScpFrameTest {
  private static ScpFrame read(String text) {
    ByteBuffer frame = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    ScpFrame read = ScpFrame.read(frame);
    assertThat(frame.position()).as("left as it was").isZero();
    assertThat(frame.remaining()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    return read;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"offer\"}",
        " \r\n\t{\"sid\":\"a\",\"intent\":\"offer\",\"more\":[{\"type\":1}],\"type\":\"intent\"}",
        "{\"type\":\"state\",\"sid\":\"a\",\"ts\":1,\"sig\":\"x\"}",
        "{\"type\":\"revelation\",\"sid\":\"a\",\"intent\":\"i\",\"payload\":null,\"ts\":1,\"sig\":\"x\"}",
        "{\"type\":\"shard\",\"id\":\"i\",\"root\":\"a\",\"routingHints\":[\"x\"]}"
      })
  void validMessagesAreRead(String text) {
    ScpFrame frame = read(text);
    assertThat(frame.problem()).isNull();
    assertThat(frame.message().path("type").asText())
        .isIn("intent", "state", "revelation", "shard");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}",
        "[{\"type\":\"intent\"}]",
        "\"intent\"",
        "intent",
        "{\"type\":\"chat\"}",
        "{\"type\":7}",
        "{\"type\":{\"type\":\"intent\"}}",
        "{\"inner\":{\"type\":\"intent\"}}",
        "{\"type\":\"chat\",\"type\":\"intent\"}",
        "{not json \"type\":\"intent\"}",
        "{\"sid\":\"a\",,\"type\":\"intent\"}",
        "\uFEFF{\"type\":\"intent\"}"
      })
  void whatIsSomethingElseIsLeftAlone(String text) {
    assertThat(read(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"intent\"}",
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":7}",
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"i\",\"sid\":\"b\"}",
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"i\",\"__proto__\":{}}",
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"i\"} {}",
        "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"i\"",
        "{\"type\":\"state\",\"sid\":\"a\",\"merge\":{\"winner\":\"a\",\"strategy\":\"\"},"
            + "\"ts\":1,\"sig\":\"x\"}",
        "{\"type\":\"revelation\",\"sid\":\"a\",\"intent\":\"i\",\"ts\":1}",
        "{\"type\":\"shard\",\"id\":\"i\",\"root\":\"a\",\"routingHints\":[7]}"
      })
  void anInvalidMessageHasAProblem(String text) {
    ScpFrame frame = read(text);
    assertThat(frame.message()).isNull();
    assertThat(frame.problem()).isNotBlank().doesNotContain("handshake");
  }

  @Test
  void theProblemNamesTheMemberAndNotItsValue() {
    String canary = "c4n4ry";
    ScpFrame frame =
        read(
            "{\"type\":\"state\",\"sid\":\"a\",\"ts\":\""
                + canary
                + "\",\"sig\":\""
                + canary
                + "\"}");
    assertThat(frame.problem()).contains("/ts").contains("integer").doesNotContain(canary);
  }

  @Test
  void depthAndSizeAreBounded() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertThat(read("{\"payload\":" + deep + ",\"type\":\"intent\"}").problem())
        .contains("32 levels");
    String large = "x".repeat(StrictJson.MAX_BYTES);
    assertThat(read("{\"type\":\"intent\",\"intent\":\"" + large + "\"}").problem())
        .contains("over " + StrictJson.MAX_BYTES + " bytes");
    assertThat(read("{\"type\":\"chat\",\"text\":\"" + large + "\"}")).isNull();
    assertThat(read("{\"text\":\"" + large + "\",\"type\":\"intent\"}"))
        .as("the type is looked for in the first 16 KiB")
        .isNull();
  }

  @Test
  void bytesThatAreNoTextAreLeftAloneOrInvalid() {
    assertThat(ScpFrame.read(ByteBuffer.wrap(new byte[] {'{', (byte) 0xff, 0, 1}))).isNull();
    byte[] message =
        "{\"type\":\"intent\",\"sid\":\"?\",\"intent\":\"i\"}".getBytes(StandardCharsets.UTF_8);
    message[24] = (byte) 0xc0;
    assertThat(message[23]).isEqualTo((byte) '"');
    assertThat(ScpFrame.read(ByteBuffer.wrap(message)).problem()).contains("UTF-8");
  }
}
