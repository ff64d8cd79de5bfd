package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static qwormhole.api.internal.handshake.HandshakeSupport.NOW;
import static qwormhole.api.internal.handshake.HandshakeSupport.answer;
import static qwormhole.api.internal.handshake.HandshakeSupport.client;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;
import static qwormhole.api.internal.handshake.HandshakeSupport.negotiating;
import static qwormhole.api.internal.handshake.HandshakeSupport.plain;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.settings;
import static qwormhole.api.internal.handshake.HandshakeSupport.withTags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** What a client sends, and what it makes of the server's first frame: protocol sections 2 and 4. */
class ClientHandshakeTest {

  @Test
  void sendsTheLegacyHandshakeWithoutNegotiation() {
    assertThat(new String(client(plain()).payload(), UTF_8))
        .isEqualTo("{\"type\":\"handshake\",\"version\":\"1.0.0\",\"ts\":%d}", NOW);
  }

  @Test
  void asksForScpWithSixteenFreshBytes() throws Exception {
    ClientHandshake client = client(withTags(Map.of("n", 7)));

    ObjectNode first = json(client.payload());
    String nonce = first.at("/caps/scp/nonce").textValue();

    assertThat(Base64.getDecoder().decode(nonce)).hasSize(16);
    assertThat(json(client.payload()).at("/caps/scp/nonce").textValue()).isNotEqualTo(nonce);
    assertThat(first.toString())
        .isEqualTo(
            "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"caps\":{"
                + "\"scp\":{\"version\":\"1.0\",\"nonce\":\"%s\"},"
                + "\"transport\":{\"native\":true,\"backend\":\"lws\"},"
                + "\"codecs\":[\"binary\",\"text\",\"json\",\"cbor\"],\"ack\":true},"
                + "\"ts\":%d,\"tags\":{\"n\":7}}",
            nonce, NOW);
  }

  @Test
  void sendsTagsOfEveryNumberKind() throws Exception {
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put("int", -3);
    tags.put("long", 9_007_199_254_740_991L);
    tags.put("double", 0.1);
    tags.put("float", 0.5f);
    tags.put("text", "\uD83D\uDE00 \"q\"");

    assertThat(json(client(withTags(tags)).payload()).path("tags").toString())
        .isEqualTo(
            "{\"int\":-3,\"long\":9007199254740991,\"double\":0.1,\"float\":0.5,"
                + "\"text\":\"\uD83D\uDE00 \\\"q\\\"\"}");
  }

  @Test
  void refusesToSendWhatAPeerWouldRefuse() {
    assertThat(unsendable(Map.of("a", Double.NaN))).contains("tag a must be");
    assertThat(unsendable(Map.of("a", true))).contains("tag a must be");
    assertThat(unsendable(Map.of("__proto__", "x"))).contains("forbidden member name");
    assertThat(unsendable(Map.of("a", "\ud800"))).contains("unpaired surrogate");
    assertThat(unsendable(Map.of("a", "x".repeat(9_000)))).contains("limit");
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 300; i++) {
      many.put("k" + i, i);
    }
    assertThat(unsendable(many)).contains("more than 256 members");
    QWormholeException empty =
        catchThrowableOfType(QWormholeException.class, () -> client(settings(false, "")).payload());
    assertThat(empty.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    assertThat(empty.detail()).contains("member /version must be a non-empty string");
  }

  @Test
  void takesAnAnswerWithItsNonceForTheAnswer() throws Exception {
    ClientHandshake client = client(negotiating());
    ServerHandshake server = server(withTags(Map.of("zone", "eu")));

    byte[] answer = answer(server, server.examine(frame(client.payload())));
    FirstFrame first = client.examine(frame(answer));

    assertThat(first).isInstanceOf(FirstFrame.Answer.class);
    PeerHandshake peer = ((FirstFrame.Answer) first).peer();
    assertThat(peer.version()).isEqualTo("1.0.0");
    assertThat(peer.wantsAnswer()).isFalse();
    assertThat(peer.info(true).sid()).isEmpty();
    assertThat(peer.info(true).tags()).isEqualTo(Map.of("zone", "eu"));
    assertThat(peer.info(true).caps().at("/transport/backend").textValue()).isEqualTo("lws");
  }

  @Test
  void leavesTheVersionOfAnAnswerToTheServer() throws Exception {
    ClientHandshake client = client(negotiating());
    ServerHandshake server = server(settings(true, "2.0.0", "1.0.0", "2.0.0"));

    FirstFrame first =
        client.examine(frame(answer(server, server.examine(frame(client.payload())))));

    assertThat(((FirstFrame.Answer) first).peer().version()).isEqualTo("2.0.0");
  }

  @Test
  void takesItsOwnHandshakeFromAnEchoServerForAMessage() {
    ClientHandshake client = client(negotiating());

    assertMessage(client, new String(client.payload(), UTF_8));
  }

  @Test
  void takesTheAnswerToAnEarlierPayloadForAMessage() throws Exception {
    ClientHandshake client = client(negotiating());
    ServerHandshake server = server(negotiating());
    byte[] stale = answer(server, server.examine(frame(client.payload())));

    client.payload();

    assertMessage(client, new String(stale, UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "\u0000",
        "[]",
        "{}",
        "{\"type\":\"handshake\"}",
        "{\"type\":\"handshake\",\"re\":\"x\"}",
        "{\"type\":\"handshake\",\"re\":[\"NONCE\"]}",
        "{\"inner\":{\"re\":\"NONCE\"},\"type\":\"handshake\"} trailing",
        "{\"type\":\"handshake-reject\"}",
        "{\"type\":\"handshake-reject\",\"code\":\"E_TLS\"}",
        "{\"type\":\"handshake-reject\",\"code\":\"E_TLS\",\"reason\":\"x\"} trailing"
      })
  void takesEverythingElseForAMessage(String text) throws Exception {
    ClientHandshake client = client(negotiating());
    String nonce = json(client.payload()).at("/caps/scp/nonce").textValue();

    assertMessage(client, text.replace("NONCE", nonce));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"state\",\"re\":\"NONCE\"}",
        "{\"re\":\"NONCE\"}",
        "{\"type\":\"handshake\",\"re\":\"NONCE\",\"version\":1}",
        "{\"type\":\"handshake\",\"re\":\"NONCE\",\"session\":{\"epoch\":-1}}",
        "{\"type\":\"handshake\",\"re\":\"NONCE\",\"re\":\"NONCE\"}",
        "{\"type\":\"handshake\",\"re\":\"NONCE\",\"constructor\":1}",
        "{\"type\":\"handshake\",\"re\":\"NONCE\"} trailing",
        "{\"type\":\"handshake\",\"re\":\"NONCE\","
      })
  void refusesAnAnswerThatBreaksTheSchema(String text) throws Exception {
    ClientHandshake client = client(negotiating());
    String nonce = json(client.payload()).at("/caps/scp/nonce").textValue();

    FirstFrame first = client.examine(frame(text.replace("NONCE", nonce)));

    assertThat(first)
        .isInstanceOfSatisfying(
            FirstFrame.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD));
  }

  @Test
  void refusesAnAnswerThatIsOverALimit() throws Exception {
    ClientHandshake client = client(negotiating());
    String nonce = json(client.payload()).at("/caps/scp/nonce").textValue();

    FirstFrame first =
        client.examine(frame("{\"re\":\"" + nonce + "\",\"x\":\"" + "y".repeat(20_000) + "\"}"));

    assertThat(((FirstFrame.Refused) first).reason()).contains("16384 bytes");
  }

  @Test
  void takesALargeFrameForAMessageUnread() {
    ClientHandshake client = client(negotiating());
    client.payload();

    assertThat(client.examine(frame(new byte[4 * 1024 * 1024])))
        .isEqualTo(new FirstFrame.Message());
  }

  @Test
  void takesEveryFrameForAMessageWithoutNegotiation() {
    ClientHandshake client = client(plain());
    client.payload();

    assertMessage(client, new String(ServerHandshake.reject(ErrorCode.E_TLS, "x"), UTF_8));
    assertMessage(client, "{\"type\":\"handshake\",\"version\":\"1.0.0\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "E_PROTOCOL_VERSION, no, E_PROTOCOL_VERSION, no",
    "E_MAX_CLIENTS, full, E_MAX_CLIENTS, full",
    "E_FROM_THE_FUTURE, why, E_HANDSHAKE_REJECTED, E_FROM_THE_FUTURE: why",
    "e_tls, why, E_HANDSHAKE_REJECTED, e_tls: why"
  })
  void surfacesARejectsCodeAndReason(String code, String reason, ErrorCode known, String text) {
    ClientHandshake client = client(negotiating());
    client.payload();

    assertThat(
            client.examine(
                frame(
                    "{\"type\":\"handshake-reject\",\"code\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(code, reason))))
        .isEqualTo(new FirstFrame.Rejected(known, text));
  }

  @Test
  void escapesAndCutsARejectsReason() {
    ClientHandshake client = client(negotiating());
    client.payload();

    FirstFrame first =
        client.examine(
            frame(
                "{\"type\":\"handshake-reject\",\"code\":\"E_TLS\",\"reason\":\"\\n\\u001b${a}"
                    + "x".repeat(5_000)
                    + "\"}"));

    assertThat(((FirstFrame.Rejected) first).reason())
        .startsWith("\\u000a\\u001b$\\{a}xxx")
        .hasSizeBetween(150, 200)
        .endsWith(" chars)");
  }

  @Test
  void refusesAnAnswerWithPartOfASignature() throws Exception {
    ClientHandshake client = client(negotiating());
    String nonce = json(client.payload()).at("/caps/scp/nonce").textValue();

    FirstFrame first =
        client.examine(
            frame("{\"type\":\"handshake\",\"re\":\"" + nonce + "\",\"signature\":\"s\"}"));

    assertThat(((FirstFrame.Refused) first).code())
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
  }

  private static void assertMessage(ClientHandshake client, String text) {
    assertThat(client.examine(frame(text))).isEqualTo(new FirstFrame.Message());
  }

  private static String unsendable(Map<String, Object> tags) {
    QWormholeException refused =
        catchThrowableOfType(QWormholeException.class, () -> client(withTags(tags)).payload());
    assertThat(refused).as("refusal of %s", tags).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    return refused.detail();
  }
}
