package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

/** Protocol section 2's limits on what is read before acceptance; attack rows 11 to 14. */
class StrictJsonTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @Test
  void readsEveryKindOfValue() throws Exception {
    ObjectNode root = parse(" {\"a\":[true,false,null,1,2.5,\"x\"],\"b\":{\"c\":{}}}\r\n\t ");

    assertThat(root.toString()).isEqualTo("{\"a\":[true,false,null,1,2.5,\"x\"],\"b\":{\"c\":{}}}");
  }

  @Test
  void leavesTheBufferAsItWas() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(32);
    direct.put("xx{\"a\":1}yy".getBytes(UTF_8));
    direct.position(2).limit(9);

    assertThat(StrictJson.parse(direct.asReadOnlyBuffer()).path("a").intValue()).isEqualTo(1);
    StrictJson.parse(direct);
    assertThat(direct.position()).isEqualTo(2);
    assertThat(direct.limit()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"x\"",
        "null",
        "true",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'x'}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x10}",
        "{\"a\":1 2}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{/**/}",
        "{} // x",
        "# x\n{}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":undefined}",
        "{\"a\":\"\u0000\"}",
        "\u0000{}",
        "{}\u0000"
      })
  void refusesWhatIsNotOneJsonObject(String text) {
    assertThat(refusal(text).reason()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}{}", "{} {\"a\":1}", "{}1", "{}null", "{},", "{}]"})
  void refusesWhatFollowsTheObject(String text) {
    refusal(text);
  }

  @ParameterizedTest
  @CsvSource({
    "7b2261223a22c080227d, overlong NUL",
    "7b2261223a22c1bf227d, overlong",
    "7b2261223a22e080af227d, overlong of three",
    "7b2261223a22f08080af227d, overlong of four",
    "7b2261223a22eda080227d, high surrogate",
    "7b2261223a22edb080227d, low surrogate",
    "7b2261223a22eda081edb081227d, CESU pair",
    "7b2261223a22f4908080227d, above U+10FFFF",
    "7b2261223a22ff227d, never a byte of UTF-8",
    "7b2261223a2280227d, continuation alone",
    "7b2261223a22c3227d, cut short",
    "7b2261223a31e2827d, cut short at the end"
  })
  void refusesBytesThatAreNotUtf8(String hex, String why) {
    HandshakeRejection refused = refusal(HexFormat.of().parseHex(hex));

    assertThat(refused.reason()).as(why).contains("not UTF-8 at byte");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"efbbbf7b7d", "feff007b007d", "fffe7b007d00", "007b007d", "7b007d00", "0000007b"})
  void refusesByteOrderMarksAndOtherEncodings(String hex) {
    refusal(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":[\"\\ud83d\"]}"
      })
  void refusesEscapedSurrogatesWithoutTheirPartner(String text) {
    assertThat(refusal(text).reason()).contains("unpaired surrogate");
  }

  @Test
  void refusesNamesWithSurrogatesWithoutTheirPartner() {
    refusal("{\"\\ud800\":1}");
    refusal("{\"a\\udc00\":1}");
    refusal("{\"\\ud800\\ud800\":1}");
  }

  @Test
  void readsEscapedPairsEscapedNulAndInnerByteOrderMarks() throws Exception {
    assertThat(parse("{\"a\":\"\\ud83d\\ude00\"}").path("a").textValue()).isEqualTo("\uD83D\uDE00");
    assertThat(parse("{\"a\":\"\\u0000\"}").path("a").textValue()).isEqualTo("\0");
    assertThat(parse("{\"a\":\"\uFEFF\"}").path("a").textValue()).isEqualTo("\uFEFF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "+Infinity",
        "1e999",
        "-1e999",
        "1e309",
        "[1e400]"
      })
  void refusesNumbersThatNoDoubleHolds(String number) {
    refusal("{\"a\":" + number + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.0, 0",
    "-0e5, 0",
    "1, 1",
    "-42, -42",
    "1.7e12, 1700000000000",
    "9007199254740991, 9007199254740991",
    "0.1, 0.1",
    "1e+21, 1e21",
    "1e-7, 1e-7",
    "123456789012345680000, 123456789012345680000",
    "1e-999, 0",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void readsNumbersAsTheDoubleThatJavaScriptSees(String text, double expected) throws Exception {
    JsonNode number = parse("{\"a\":" + text + "}").path("a");

    assertThat(Double.doubleToLongBits(number.doubleValue()))
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  @Test
  void keepsIntegersOfEighteenDigitsExactly() throws Exception {
    assertThat(parse("{\"a\":999999999999999999}").path("a").longValue())
        .isEqualTo(999_999_999_999_999_999L);
  }

  @Test
  void nestsToThirtyTwoLevelsAndNoFurther() throws Exception {
    assertThat(parse(nested(32)).isObject()).isTrue();
    assertThat(refusal(nested(33)).reason()).contains("32 levels");
    assertThat(refusal("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}").reason())
        .contains("32 levels");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000, 100_000})
  void refusesDeepNestingWithoutStackOverflow(int depth) {
    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          refusal("{\"a\":" + "[".repeat(depth));
          refusal("{\"a\":".repeat(depth));
          refusal(nested(depth));
        });
  }

  @Test
  void countsMembersOfAllLevels() throws Exception {
    String rest = IntStream.range(0, 254).mapToObj(i -> "\"k" + i + "\":0").collect(joined());

    assertThat(parse("{\"a\":{\"b\":0," + rest + "}}").path("a").size()).isEqualTo(255);
    assertThat(refusal("{\"a\":[{\"b\":0," + rest + "}],\"c\":0}").reason())
        .contains("more than 256 members");
  }

  @Test
  void limitsStringsAndNamesToEightKibibytesOfUtf8() throws Exception {
    String fits = "x".repeat(8 * 1024);

    assertThat(parse("{\"a\":\"" + fits + "\"}").path("a").textValue()).hasSize(8 * 1024);
    assertThat(parse("{\"" + fits + "\":1}").size()).isEqualTo(1);
    refusal("{\"a\":\"" + fits + "x\"}");
    refusal("{\"" + fits + "x\":1}");
    assertThat(refusal("{\"a\":\"" + "\u00e9".repeat(4097) + "\"}").reason())
        .contains("over 8192 bytes");
  }

  @Test
  void refusesMoreThanSixteenKibibytesUnread() throws Exception {
    String object = "{\"a\":1}";
    String fits = object + " ".repeat(16 * 1024 - object.length());

    assertThat(parse(fits).size()).isEqualTo(1);
    assertThat(refusal(fits + " ").reason()).contains("over 16384 bytes");
    assertThat(refusal(new byte[100_000_000]).reason()).contains("over 16384 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"x\":[{\"a\":1,\"a\":2}]}",
        "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}", "{\"a\":null,\"a\":1}"
      })
  void refusesDuplicateMembersAtEveryLevel(String text) {
    assertThat(refusal(text).reason()).contains("duplicate member");
  }

  @ParameterizedTest
  @ValueSource(strings = {"__proto__", "constructor", "prototype", "\\u005f_proto__"})
  void refusesNamesThatPoisonPrototypesAtEveryLevel(String name) {
    assertThat(refusal("{\"" + name + "\":1}").reason()).contains("forbidden member name");
    assertThat(refusal("{\"a\":[{\"b\":{\"" + name + "\":{}}}]}").reason())
        .contains("forbidden member name");
  }

  @Test
  void staysFastWithCollidingNamesAndOtherHostileTexts() {
    String colliding =
        IntStream.range(0, 256)
            .mapToObj(StrictJsonTest::collidingName)
            .map(name -> "\"" + name + "\":1")
            .collect(joined());
    assertThat(collidingName(1)).hasSameHashCodeAs(collidingName(254));

    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          assertThat(parse("{" + colliding + "}").size()).isEqualTo(256);
          assertThat(parse("{\"a\":[" + "1,".repeat(8_000) + "1]}").path("a").size())
              .isEqualTo(8_001);
          refusal("{\"a\":" + "9".repeat(16_000) + "}");
          refusal("{\"a\":1e" + "9".repeat(16_000) + "}");
          refusal("{\"a\":\"" + "\\ud800".repeat(2_700) + "\"}");
        });
  }

  @Test
  void saysWhereItWentWrongWithoutQuotingValues() {
    assertThat(refusal("{\"caps\":{\"a\":1,\"a\":\"SECRET\"}}").reason())
        .isEqualTo("duplicate member at character 20, member /caps/a");
    assertThat(refusal("{\"a\":SECRET}").reason()).contains("character").doesNotContain("SECRET");
    assertThat(refusal("{\"x\\n\\\"y\":SECRET}").reason())
        .doesNotContain("\n")
        .doesNotContain("SECRET");
    assertThat(refusal("{\"" + "k".repeat(5_000) + "\":x}").reason()).hasSizeLessThanOrEqualTo(200);
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
  }

  /** All of these have the same hash: "Aa" and "BB" do. */
  private static String collidingName(int bits) {
    return IntStream.range(0, 8)
        .mapToObj(bit -> (bits >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",");
  }

  private static ObjectNode parse(String text) throws HandshakeRejection {
    return StrictJson.parse(frame(text));
  }

  private static HandshakeRejection refusal(String text) {
    return refusal(text.getBytes(UTF_8));
  }

  private static HandshakeRejection refusal(byte[] payload) {
    HandshakeRejection refused =
        catchThrowableOfType(
            HandshakeRejection.class, () -> StrictJson.parse(ByteBuffer.wrap(payload)));
    assertThat(refused).as("refusal").isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    assertThat(refused.answerable()).isFalse();
    return refused;
  }
}
