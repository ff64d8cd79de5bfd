package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static qwormhole.api.internal.handshake.HandshakeSupport.NOW;
import static qwormhole.api.internal.handshake.HandshakeSupport.VERSION;
import static qwormhole.api.internal.handshake.HandshakeSupport.answer;
import static qwormhole.api.internal.handshake.HandshakeSupport.client;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;
import static qwormhole.api.internal.handshake.HandshakeSupport.negotiating;
import static qwormhole.api.internal.handshake.HandshakeSupport.plain;
import static qwormhole.api.internal.handshake.HandshakeSupport.refusal;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.settings;
import static qwormhole.api.internal.handshake.HandshakeSupport.withTags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.PeerInfo;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** What a server accepts, refuses and answers: protocol sections 2 to 4. */
class ServerHandshakeTest {
  private static final String NONCE = "AAECAwQFBgcICQoLDA0ODw==";

  @Test
  void acceptsTheSameVersionAndAnAbsentOne() throws Exception {
    assertThat(server(plain()).examine(handshake("\"version\":\"1.0.0\"")).version())
        .isSameAs(VERSION);
    assertThat(server(plain()).examine(frame("{\"type\":\"handshake\"}")).version()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.0.0 ", "1.0.1", "2.0.0", "\\u0031.0.0.", "v1.0.0"})
  void refusesAnyOtherVersion(String version) {
    HandshakeRejection refused = refuse(plain(), "\"version\":\"" + version + "\"");

    assertThat(refused.code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    assertThat(refused.reason()).startsWith("version ").endsWith(" is not accepted");
  }

  @Test
  void acceptsOnlyListedVersionsOnceThereIsAList() throws Exception {
    HandshakeSettings listing = settings(false, "3.0.0", "1.0.0", "2.0.0");

    assertThat(server(listing).examine(handshake("\"version\":\"2.0.0\"")).version())
        .isEqualTo("2.0.0");
    assertThat(refuse(listing, "\"version\":\"3.0.0\"").code())
        .isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    HandshakeRejection absent = refuse(listing, "\"sid\":\"s\"");
    assertThat(absent.code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    assertThat(absent.reason()).isEqualTo("no version given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"signature\":\"s\"",
        "\"publicKey\":\"k\"",
        "\"nonce\":\"n\"",
        "\"publicKey\":\"k\",\"signature\":\"s\"",
        "\"nonce\":\"n\",\"signature\":\"s\"",
        "\"nonce\":\"n\",\"publicKey\":\"k\",\"negHash\":\"h\",\"nIndex\":1,\"ts\":1"
      })
  void refusesAPartlySignedHandshake(String members) {
    HandshakeRejection refused = refuse(plain(), members);

    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(refused.reason()).contains("incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ping", "[]", "{}", "\u0000\u0001", "{\"type\":\"state\"}"})
  void refusesWhatIsNoHandshake(String garbage) {
    assertThat(refusal(negotiating(), garbage).code())
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
  }

  @Test
  void tellsOnlyAPeerThatAskedForScp() {
    String asks = caps("\"scp\":{\"version\":\"1.0\",\"nonce\":\"" + NONCE + "\"}");
    String otherVersion = "\"version\":\"9\"";

    assertThat(refuse(negotiating(), asks + "," + otherVersion).answerable()).isTrue();
    assertThat(refuse(negotiating(), asks + ",\"sid\":1").answerable()).isTrue();
    assertThat(refuse(negotiating(), asks + ",\"nonce\":\"n\"").answerable()).isTrue();
    assertThat(refuse(negotiating(), otherVersion).answerable()).isFalse();
    assertThat(refuse(negotiating(), asks + ",\"a\":1,\"a\":2").answerable()).isFalse();
    assertThat(refuse(plain(), asks + "," + otherVersion).answerable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"scp\":true",
        "\"scp\":{}",
        "\"scp\":{\"version\":\"1.0\"}",
        "\"scp\":{\"nonce\":\"" + NONCE + "\"}",
        "\"scp\":{\"version\":1,\"nonce\":\"" + NONCE + "\"}",
        "\"scp\":{\"version\":\"2.0\",\"nonce\":\"" + NONCE + "\"}",
        "\"scp\":{\"version\":\"1.0\",\"nonce\":\"\"}",
        "\"scp\":{\"version\":\"1.0\",\"nonce\":\"AAAA\"}",
        "\"scp\":{\"version\":\"1.0\",\"nonce\":\"not base64 at all!!!!!!!\"}",
        "\"scp\":{\"version\":\"1.0\",\"nonce\":[1]}"
      })
  void treatsAnythingElseInCapsAsALegacyPeer(String scp) throws Exception {
    PeerHandshake peer = server(negotiating()).examine(handshake(caps(scp)));

    assertThat(peer.wantsAnswer()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> answer(server(negotiating()), peer));
  }

  @Test
  void answersWithItsOwnHandshakeAndTheClientsNonce() throws Exception {
    ServerHandshake server = server(withTags(Map.of("zone", "eu")));
    String scp = caps("\"scp\":{\"version\":\"1.7\",\"nonce\":\"" + NONCE + "\"}");

    PeerHandshake peer = server.examine(handshake(scp));
    ObjectNode answer = json(answer(server, peer));

    assertThat(peer.wantsAnswer()).isTrue();
    WireSchema.HANDSHAKE.check(answer);
    assertThat(answer.toString())
        .isEqualTo(
            "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"caps\":{"
                + "\"scp\":{\"version\":\"1.0\"},\"transport\":{\"native\":true,\"backend\":\"lws\"},"
                + "\"codecs\":[\"binary\",\"text\",\"json\",\"cbor\"],\"ack\":true,\"checksum\":[\"crc32c\"]},\"ts\":%d,"
                + "\"tags\":{\"zone\":\"eu\"},\"re\":\"%s\"}",
            NOW, NONCE);
  }

  @Test
  void answersNeitherLegacyClientsNorAnyoneWhenItDoesNotNegotiate() throws Exception {
    assertThat(server(negotiating()).examine(frame(client(plain()).payload())).wantsAnswer())
        .isFalse();
    assertThat(server(plain()).examine(frame(client(negotiating()).payload())).wantsAnswer())
        .isFalse();
  }

  @Test
  void reportsWhatThePeerSaid() throws Exception {
    PeerInfo info =
        server(plain())
            .examine(
                handshake(
                    "\"version\":\"1.0.0\",\"sid\":\"me\",\"caps\":{\"x\":[1]},"
                        + "\"tags\":{\"a\":\"b\",\"n\":3,\"f\":1.5},\"more\":null"))
            .info(true);

    assertThat(info.version()).isEqualTo("1.0.0");
    assertThat(info.sid()).isEqualTo("me");
    assertThat(info.tags()).isEqualTo(Map.of("a", "b", "n", 3L, "f", 1.5));
    assertThat(info.caps().toString()).isEqualTo("{\"x\":[1]}");
    assertThat(info.negotiated()).isTrue();
  }

  @Test
  void reportsEmptinessForAPeerThatSaidNothing() throws Exception {
    PeerInfo bare = server(plain()).examine(frame("{\"type\":\"handshake\"}")).info(false);
    PeerInfo none = PeerHandshake.none().info(false);

    for (PeerInfo info : List.of(bare, none)) {
      assertThat(info.nv()).isEmpty();
      assertThat(info.nIndex()).isEmpty();
      assertThat(info.entropyMetrics()).isEmpty();
      assertThat(info.identity()).isEmpty();
    }
    assertThat(bare.version()).isEmpty();
    assertThat(bare.payload().size()).isEqualTo(1);
    assertThat(none.payload().isEmpty()).isTrue();
    assertThat(none.sid()).isEmpty();
    assertThat(none.version()).isEmpty();
    assertThat(none.tags()).isEmpty();
    assertThat(none.caps().isEmpty()).isTrue();
    assertThat(PeerHandshake.none().wantsAnswer()).isFalse();
  }

  @Test
  void keepsNothingOfTheFramesMemory() throws Exception {
    byte[] bytes = "{\"type\":\"handshake\",\"sid\":\"me\"}".getBytes(UTF_8);
    ByteBuffer shared = ByteBuffer.allocateDirect(100).put(7, bytes).position(7);
    shared.limit(7 + bytes.length);

    PeerHandshake peer = server(plain()).examine(shared);
    shared.put(7, new byte[bytes.length]);

    assertThat(shared.remaining()).isEqualTo(bytes.length);
    assertThat(peer.info(false).sid()).isEqualTo("me");
  }

  @Test
  void doesNotStartWithAHandshakeThatNoPeerWouldAccept() {
    QWormholeException refused =
        catchThrowableOfType(
            QWormholeException.class, () -> server(withTags(Map.of("constructor", 1))));

    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    assertThat(refused.detail()).contains("forbidden member name", "/tags/constructor");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void rejectFramesAreWellFormedAndSmall(ErrorCode code) throws Exception {
    byte[] payload = ServerHandshake.reject(code, "\u6f22\\\"\n\ud800".repeat(1000));
    ObjectNode reject = json(payload);

    assertThat(WireSchema.HANDSHAKE_REJECT.problem(reject).isEmpty()).isTrue();
    assertThat(reject.path("code").textValue()).isEqualTo(code.name());
    assertThat(payload).hasSizeLessThan(1024);
  }

  @Test
  void rejectionsCarryNoStackTraceAndASafeMessage() {
    HandshakeRejection refused = refuse(plain(), "\"version\":\"\\r\\n\\\"${x}\"");

    assertThat(refused.getStackTrace()).isEmpty();
    assertThat(refused)
        .hasMessage("E_PROTOCOL_VERSION: version \\u000d\\u000a\"$\\{x} is not accepted");
  }

  private static ByteBuffer handshake(String members) {
    return frame("{\"type\":\"handshake\"," + members + "}");
  }

  private static String caps(String members) {
    return "\"caps\":{" + members + "}";
  }

  private static HandshakeRejection refuse(HandshakeSettings settings, String members) {
    HandshakeRejection refused = refusal(settings, handshake(members));
    assertThat(refused).as("refusal of %s", members).isNotNull();
    return refused;
  }
}
