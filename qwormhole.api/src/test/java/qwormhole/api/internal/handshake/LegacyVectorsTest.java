package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;
import static qwormhole.api.internal.handshake.HandshakeSupport.judge;
import static qwormhole.api.internal.handshake.HandshakeSupport.plain;
import static qwormhole.api.internal.handshake.HandshakeSupport.refusal;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import qwormhole.api.PeerInfo;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.Trust;

/** Handshakes as the TypeScript peer wrote them, judged as its own server judges them, or harder. */
class LegacyVectorsTest {
  private static final List<String> SIGNED = List.of("publicKey", "signature", "nonce");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNode VECTORS = load();

  @TestFactory
  Stream<DynamicTest> unsignedFormIsAcceptedAndReadAsWritten() {
    return each(
        "valid",
        vector -> {
          ObjectNode unsigned = (ObjectNode) MAPPER.readTree(vector.path("wireJson").asText());
          unsigned.remove(SIGNED);

          PeerInfo info = server(plain()).examine(frame(unsigned.toString())).info(false);

          assertThat(info.version()).isEqualTo("1.0.0");
          assertThat(MAPPER.valueToTree(info.tags()).size()).isEqualTo(vector.path("tags").size());
          for (Map.Entry<String, JsonNode> tag : vector.path("tags").properties()) {
            Object seen = info.tags().get(tag.getKey());
            if (tag.getValue().isNumber()) {
              assertThat(((Number) seen).doubleValue()).isEqualTo(tag.getValue().doubleValue());
            } else {
              assertThat(seen).isEqualTo(tag.getValue().textValue());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> wireFormKeepsToTheLimitsAndTheSchema() {
    return each(
        "valid",
        vector ->
            WireSchema.HANDSHAKE.check(StrictJson.parse(frame(vector.path("wireJson").asText()))));
  }

  @TestFactory
  Stream<DynamicTest> whatTheSignerMadeVerifies() {
    return each(
        "valid",
        vector -> {
          assertThat(vector.path("signerJsonVerifies").booleanValue()).isTrue();

          PeerHandshake peer = judge(server(plain()), frame(vector.path("signerJson").textValue()));

          assertThat(peer.info(false).identity().orElseThrow().publicKey())
              .isEqualTo(vector.at("/keyPair/publicKey").textValue());
        });
  }

  /** A version that the legacy client adds after signing is not covered by the signature. */
  @TestFactory
  Stream<DynamicTest> whatItsClientWroteIsAcceptedIfItVerifies() {
    return each(
        "valid",
        vector -> {
          HandshakeRejection refused = refusal(plain(), vector.path("wireJson").textValue());

          if (vector.path("wireJsonVerifies").booleanValue()) {
            assertThat(refused).isNull();
          } else {
            assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> signedTextIsTheSameToTheByte() {
    return each(
        "valid",
        vector -> {
          ObjectNode signed = json(vector.path("signerJson").textValue().getBytes(UTF_8));

          byte[] text = HandshakeSignature.signedText(signed);

          assertThat(new String(text, UTF_8))
              .isEqualTo(vector.path("canonicalUnsigned").textValue());
          assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
              .isEqualTo(vector.path("canonicalUnsignedSha256").textValue());
        });
  }

  @TestFactory
  Stream<DynamicTest> theirKeysSignToTheSameBytes() {
    return each(
        "valid",
        vector -> {
          Identity identity =
              Identity.fromDer(
                  Base64.getDecoder().decode(vector.at("/keyPair/secretKey").textValue()));
          String signerJson = vector.path("signerJson").textValue();
          ObjectNode handshake = json(signerJson.getBytes(UTF_8));
          handshake.remove(SIGNED).remove(List.of("nIndex", "negHash"));

          HandshakeSignature.sign(handshake, identity, vector.path("nonce").textValue());

          assertThat(identity.publicKey()).isEqualTo(vector.at("/keyPair/publicKey").textValue());
          assertThat(EcmaNumber.print(handshake.path("nIndex").doubleValue()))
              .isEqualTo(vector.path("nIndexText").textValue());
          assertThat(handshake.path("negHash")).isEqualTo(vector.path("negHash"));
          assertThat(handshake.path("signature")).isEqualTo(vector.path("signature"));
          assertThat(JavaScriptJson.text(handshake)).isEqualTo(signerJson);
        });
  }

  @TestFactory
  Stream<DynamicTest> aSignedPeersIndexIsTheComputedOne() {
    return each(
        "valid",
        vector -> {
          JsonNode legacy = vector.path("serverOnWireJson");
          Trust trust =
              Agreement.withLegacy(
                      plain(), json(vector.path("wireJson").textValue().getBytes(UTF_8)))
                  .trust();

          assertThat(trust.proven()).isTrue();
          assertThat(trust.index()).isEqualTo(vector.path("nIndex").doubleValue());
          if (legacy.path("accepted").booleanValue()) {
            assertThat(trust.policy().mode()).isEqualTo(legacy.path("policyMode").textValue());
            assertThat(trust.index()).isEqualTo(legacy.path("negIndexUsed").doubleValue());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> invalidOnesAreRefusedWithTheLegacyCode() {
    return each(
        "invalid",
        vector -> {
          JsonNode legacy = vector.path("server");
          // The legacy server lets a handshake without its nonce pass as unsigned; section 3 does
          // not.
          String expected =
              legacy.path("accepted").asBoolean()
                  ? "E_INVALID_HANDSHAKE_SIGNATURE"
                  : legacy.path("errors").path(0).asText();

          assertThat(refusal(plain(), vector.path("json").asText()).code().name())
              .isEqualTo(expected);
        });
  }

  @TestFactory
  Stream<DynamicTest> anotherVersionIsRefused() {
    return each(
        "valid",
        vector ->
            assertThat(refusal(settings(true, "2.0.0"), vector.path("wireJson").asText()).code())
                .isEqualTo(ErrorCode.E_PROTOCOL_VERSION));
  }

  private interface Check {
    void on(JsonNode vector) throws Exception;
  }

  private static Stream<DynamicTest> each(String list, Check check) {
    JsonNode vectors = VECTORS.path(list);
    assertThat(vectors.size()).as("vectors under %s", list).isGreaterThan(7);
    return StreamSupport.stream(vectors.spliterator(), false)
        .map(
            vector ->
                DynamicTest.dynamicTest(vector.path("name").asText(), () -> check.on(vector)));
  }

  private static JsonNode load() {
    try (InputStream in =
        LegacyVectorsTest.class.getResourceAsStream("/vectors/negentropic-handshakes.json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
