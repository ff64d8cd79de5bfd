package qwormhole.api.tck.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** First frames that are made to do harm: refused, and nobody else notices. */
interface HostileTopic extends Topic {

  /** Matrix row 11. */
  @Test
  default void deepNestingIsRefused() throws Exception {
    assertEachRefused(
        List.of(nested("[", "]", 1_000), nested("{\"a\":", "}", 1_000), nested("[", "", 8_000)),
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    assertEachRefused(
        List.of(nested("[", "]", 100_000), nested("{\"a\":", "}", 100_000)),
        ErrorCode.E_FRAME_TOO_LARGE);
  }

  private static byte[] nested(String open, String close, int depth) {
    return handshake("\"x\":" + open.repeat(depth) + "1" + close.repeat(depth));
  }

  /** Matrix row 12. */
  @Test
  default void membersThatReadersTakeDifferentlyAreRefused() throws Exception {
    assertEachRefused(
        List.of(
            handshake("\"version\":\"1.0.0\",\"version\":\"1.0.0\""),
            handshake("\"\\u0074ype\":\"handshake\""),
            handshake("\"__proto__\":{}"),
            handshake("\"constructor\":1"),
            handshake("\"x\":{\"prototype\":1}"),
            handshake("\"caps\":{\"a\":[{\"\\u005f_proto__\":null}]}")),
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
  }

  /** Matrix row 13. */
  @Test
  default void whatIsTooMuchIsRefusedByItsSize() throws Exception {
    String colliding =
        IntStream.range(0, 257)
            .mapToObj(
                number ->
                    String.format("%9s", Integer.toBinaryString(number))
                        .replace(' ', '0')
                        .replace("0", "Aa")
                        .replace("1", "BB")) // "Aa" and "BB" have the same hash code
            .map(name -> "\"" + name + "\":1")
            .collect(Collectors.joining(","));
    assertEachRefused(
        List.of(handshake(colliding), handshake("\"s\":\"" + "x".repeat(9_000) + "\"")),
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    for (int declared : new int[] {100 << 20, 10_000_000, 16_385}) {
      WirePeer peer = stage().dial(server);
      peer.write(Wire.word(declared), handshake("\"a\":1"));
      assertThat(peer.awaitEnd()).isEmpty();
    }
  }

  /** Matrix row 14. */
  @Test
  default void textThatIsNotWhatItSeemsIsRefused() throws Exception {
    assertEachRefused(
        List.of(
            raw("\"s\":\"", 0xff, "\""),
            raw("\"s\":\"", 0xc0, 0xaf, "\""),
            raw("\"s\":\"", 0xe0, 0x80, 0xaf, "\""),
            raw("\"s\":\"", 0xed, 0xa0, 0x80, "\""),
            raw("\"s\":\"", 0xf4, 0x90, 0x80, 0x80, "\""),
            handshake("\"s\":\"\\ud800\""),
            handshake("\"\\udc00\":1"),
            "\uFEFF{\"type\":\"handshake\"}".getBytes(UTF_8),
            "{\"type\":\"handshake\"}\u0000".getBytes(UTF_8),
            handshake("\"s\":\"\u0000\""),
            handshake("\"n\":NaN"),
            handshake("\"n\":Infinity"),
            handshake("\"n\":1e999"),
            handshake("\"n\":-1e999"),
            handshake("\"n\":01"),
            handshake("\"n\":+1"),
            handshake("\"ts\":null")),
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
  }

  /** Matrix row 14: where it is taken, it is taken as JavaScript takes it. */
  @Test
  default void oddNumbersMeanToASignatureWhatTheyMeanToJavaScript() throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    for (List<String> spelling :
        List.of(
            List.of("-0", "0"),
            List.of("1E+2", "100"),
            List.of("1e21", "1e+21"),
            List.of("0.0000001", "1e-7"),
            List.of("9007199254740993", "9007199254740992"),
            List.of("1e-999", "0"))) {
      var members = alice.members();
      members.put("tags", "{\"n\":" + spelling.get(1) + "}");
      var signed = alice.signed(members);
      signed.put("tags", "{\"n\":" + spelling.get(0) + "}");
      assertThat(stage().dial(server).send(SignedWire.json(signed)).send("x").readText())
          .as("%s signed as %s", spelling.get(0), spelling.get(1))
          .isEqualTo("x");
    }
  }

  /** Matrix row 40. */
  @Test
  default void textOfAPeerIsEscapedAndCutBeforeItIsShown() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    Inbox<Object> told = new Inbox<>("telemetry");
    QWormholeServer<String> server = stage().listen(stage().server().telemetry(told::add), trace);
    String nasty = "\\r\\nERROR forged\\u001b[2J${jndi:ldap://x}\\u202e";
    for (String first :
        List.of(
            "{\"type\":\"handshake\",\"version\":\"" + nasty + "x".repeat(5_000) + "\"}",
            "{\"type\":\"handshake\",\"tags\":{\"" + nasty + "\":null}}",
            "{\"type\":\"handshake\",\"" + nasty + "\":1,\"" + nasty + "\":1}")) {
      stage().dial(server).send(first).awaitEnd();
      QWormholeException error = trace.errors.next();
      assertThat(error.detail()).hasSizeLessThan(513).doesNotContain("${").matches("\\P{C}*");
      assertThat(error.getMessage()).doesNotContain("${").matches("\\P{C}*");
    }
    assertThat(told.all()).allMatch(event -> event.toString().matches("\\P{C}*"));
    WirePeer large = stage().dial(server);
    large.write(Wire.word(10 << 20), handshake("\"tags\":{\"a\":\"x"));
    assertThat(large.awaitEnd()).isEmpty();
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
  }

  private static byte[] handshake(String members) {
    return ("{\"type\":\"handshake\"," + members + "}").getBytes(UTF_8);
  }

  /** A handshake with bytes among its text. */
  private static byte[] raw(Object... parts) {
    byte[] all = "{\"type\":\"handshake\",".getBytes(UTF_8);
    for (Object part : parts) {
      byte[] bytes =
          part instanceof String text
              ? text.getBytes(UTF_8)
              : new byte[] {((Integer) part).byteValue()};
      all = Wire.concat(all, bytes);
    }
    return Wire.concat(all, "}".getBytes(UTF_8));
  }

  private void assertEachRefused(List<byte[]> firsts, ErrorCode code) throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    for (byte[] first : firsts) {
      WirePeer peer = stage().dial(server);
      var unused =
          peer.writeInBackground( // a reset in the middle of it is fine
              Wire.concat(Wire.frame(first), Wire.frame("one"), Wire.frame("two")));
      assertThat(trace.errors.next().code())
          .as(new String(first, 0, Math.min(first.length, 60), UTF_8))
          .isEqualTo(code);
      assertThat(peer.awaitEnd()).as("a legacy peer is told nothing").isEmpty();
    }
    new Bystander(stage(), server.port()).assertServed();
    assertThat(trace.connections.count()).as("only the bystander").isEqualTo(1);
    assertThat(trace.messages.all()).allMatch(message -> message.startsWith(Bystander.NAME));
  }
}
