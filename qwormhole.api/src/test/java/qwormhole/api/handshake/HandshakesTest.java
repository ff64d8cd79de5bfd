package qwormhole.api.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Handshakes of no connection, those of the published implementation among them. */
class HandshakesTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final HandshakeMembers MEMBERS =
      HandshakeMembers.builder().nv("v").member("fleet", "north").build();

  static Stream<JsonNode> valid() throws IOException {
    return vectors("valid");
  }

  static Stream<JsonNode> invalid() throws IOException {
    return vectors("invalid");
  }

  private static Stream<JsonNode> vectors(String list) throws IOException {
    try (InputStream in =
        HandshakesTest.class.getResourceAsStream("/vectors/negentropic-handshakes.json")) {
      return StreamSupport.stream(MAPPER.readTree(in).path(list).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatThePublishedImplementationSignedVerifies(JsonNode vector) {
    byte[] payload = vector.path("signerJson").textValue().getBytes(UTF_8);
    String key = vector.at("/keyPair/publicKey").textValue();
    Clock then =
        Clock.fixed(Instant.ofEpochMilli(vector.path("ts").longValue() + 1_000), ZoneOffset.UTC);

    VerifiedHandshake handshake =
        Handshakes.verify(
            payload,
            HandshakeRequirements.SIGNED
                .allowedKeys(Set.of(key))
                .fresh(Duration.ofSeconds(2), then));

    assertThat(handshake.signer().orElseThrow().publicKey()).isEqualTo(key);
    assertThat(handshake.payload().path("negHash")).isEqualTo(vector.path("negHash"));
    assertThat(handshake.toString()).contains("ed25519:").hasSizeLessThan(100);
    assertRefused(
        ErrorCode.E_HANDSHAKE_REPLAYED,
        () ->
            Handshakes.verify(
                payload, HandshakeRequirements.NONE.fresh(Duration.ofMillis(500), then)));
    assertRefused(
        ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
        () ->
            Handshakes.verify(
                payload,
                HandshakeRequirements.NONE.allowedKeys(Set.of(Identity.generate().publicKey()))));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatItRefusesIsRefused(JsonNode vector) {
    byte[] payload = vector.path("json").asText().getBytes(UTF_8);

    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(
            () ->
                Handshakes.verify(
                    payload, HandshakeRequirements.SIGNED.allowedVersions(Set.of("1.0.0"))));
  }

  @Test
  void whatIsCreatedSaysWhatItWasGivenAndVerifies() {
    Identity identity = Identity.generate();

    byte[] payload = Handshakes.create(identity, "1.0.0", Map.of("role", "edge"), MEMBERS);
    VerifiedHandshake handshake = Handshakes.verify(payload, HandshakeRequirements.SIGNED);

    assertThat(handshake.signer()).contains(identity.peer());
    assertThat(handshake.payload().path("sid").textValue()).isEqualTo(identity.sid());
    assertThat(handshake.payload().at("/tags/role").textValue()).isEqualTo("edge");
    assertThat(handshake.payload().path("nv").textValue()).isEqualTo("v");
    assertThat(handshake.payload().path("fleet").textValue()).isEqualTo("north");
    assertThat(Handshakes.create(identity, "1.0.0", Map.of(), MEMBERS)).isNotEqualTo(payload);
  }

  @Test
  void aMemberThatWasChangedOrLeftOutIsRefused() throws IOException {
    byte[] payload = Handshakes.create(Identity.generate(), "1.0.0", Map.of(), MEMBERS);
    ObjectNode changed = (ObjectNode) MAPPER.readTree(payload);
    changed.put("fleet", "south");
    ObjectNode stripped = (ObjectNode) MAPPER.readTree(payload);
    stripped.remove("signature");

    for (ObjectNode bad : new ObjectNode[] {changed, stripped}) {
      assertRefused(
          ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
          () -> Handshakes.verify(MAPPER.writeValueAsBytes(bad), HandshakeRequirements.NONE));
    }
  }

  @Test
  void anUnsignedOneIsAcceptedWhereNoSignatureIsRequired() {
    byte[] payload = Handshakes.create("1.0.0", Map.of(), MEMBERS);

    assertThat(Handshakes.verify(payload, HandshakeRequirements.NONE).signer()).isEmpty();
    assertRefused(
        ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
        () -> Handshakes.verify(payload, HandshakeRequirements.SIGNED));
    assertRefused(
        ErrorCode.E_PROTOCOL_VERSION,
        () ->
            Handshakes.verify(
                payload, HandshakeRequirements.NONE.allowedVersions(Set.of("2.0.0"))));
  }

  @Test
  void whatIsNoHandshakeIsRefusedBothWays() {
    assertRefused(
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD,
        () -> Handshakes.verify("[]".getBytes(UTF_8), HandshakeRequirements.NONE));
    assertRefused(
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD,
        () -> Handshakes.create("", Map.of(), HandshakeMembers.NONE));
    assertRefused(
        ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD,
        () -> Handshakes.create("1.0.0", Map.of("t", Double.NaN), HandshakeMembers.NONE));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
