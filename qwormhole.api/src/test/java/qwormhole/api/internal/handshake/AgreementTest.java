package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static qwormhole.api.internal.handshake.HandshakeSupport.BACKEND;
import static qwormhole.api.internal.handshake.HandshakeSupport.FEATURES;
import static qwormhole.api.internal.handshake.HandshakeSupport.client;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;
import static qwormhole.api.internal.handshake.HandshakeSupport.judge;
import static qwormhole.api.internal.handshake.HandshakeSupport.negotiating;
import static qwormhole.api.internal.handshake.HandshakeSupport.plain;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.signedBy;
import static qwormhole.api.internal.handshake.HandshakeSupport.signing;
import static qwormhole.api.internal.handshake.HandshakeSupport.with;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.Trust;
import qwormhole.api.handshake.TrustPolicy;
import qwormhole.api.internal.handshake.HandshakeSettings.Features;

/** What follows from two handshakes: protocol sections 4 and 7. */
class AgreementTest {
  private static final Features CHECKSUM = new Features(true, false, false, false, Set.of());
  private static final Features ENFORCED = new Features(false, false, true, false, Set.of());

  /** The same on both sides, but for whose trust it is. */
  private static Agreement agree(HandshakeSettings ofClient, HandshakeSettings ofServer)
      throws Exception {
    ClientHandshake client = client(ofClient);
    ServerHandshake server = server(ofServer);
    PeerHandshake peer = judge(server, frame(client.payload()));
    ServerHandshake.Answer answer = server.answer(peer, BACKEND, null);
    PeerHandshake back = ((FirstFrame.Answer) client.examine(answer.payload())).peer();
    Agreement atClient = client.agreement(back.isUnverified() ? client.verify(back) : back);
    assertThat(atClient.negotiated()).isEqualTo(answer.agreement().negotiated());
    assertThat(atClient.trust().policy()).isEqualTo(answer.agreement().trust().policy());
    assertThat(atClient.trust().enforced()).isEqualTo(answer.agreement().trust().enforced());
    return answer.agreement();
  }

  @Test
  void withoutOptionsNothingIsAddedToMessages() throws Exception {
    Negotiated negotiated = agree(negotiating(), negotiating()).negotiated();

    assertThat(negotiated.scp()).isTrue();
    assertThat(negotiated.codecs()).containsExactly("binary", "text", "json", "cbor");
    assertThat(negotiated.checksum()).isFalse();
    assertThat(negotiated.ack()).isFalse();
  }

  @Test
  void aChecksumIsOnWhenAClientAsksAndOffWhenTheClientDoesNotOfferIt() throws Exception {
    assertThat(agree(with(CHECKSUM), negotiating()).negotiated().checksum()).isTrue();
    assertThat(agree(with(CHECKSUM), with(CHECKSUM)).negotiated().checksum()).isTrue();
    assertThat(agree(negotiating(), with(CHECKSUM)).negotiated().checksum()).isFalse();
  }

  @Test
  void anEnforcedPolicyAsksForWhatItRequires() throws Exception {
    HandshakeSettings signedAndEnforced =
        new HandshakeSettings(
            "1.0.0",
            Map.of(),
            HandshakeMembers.NONE,
            true,
            Set.of(),
            signing(Identity.generate()),
            ENFORCED);

    Agreement immune = agree(with(ENFORCED), negotiating());
    assertThat(immune.trust().policy()).isEqualTo(TrustPolicy.IMMUNE);
    assertThat(immune.trust().enforced()).isTrue();
    assertThat(immune.negotiated().ack()).isTrue();
    assertThat(immune.negotiated().checksum()).isFalse();

    Agreement paranoia = agree(signedAndEnforced, with(ENFORCED));
    assertThat(paranoia.trust().policy()).isEqualTo(TrustPolicy.PARANOIA);
    assertThat(paranoia.negotiated().ack()).isTrue();
    assertThat(paranoia.negotiated().checksum()).isTrue();

    Agreement byServer = agree(negotiating(), signedAndEnforced);
    assertThat(byServer.negotiated().ack()).isTrue();
    assertThat(byServer.negotiated().checksum()).as("not offered by the client").isFalse();
  }

  @Test
  void withoutEnforcementThePolicyIsAdviceThatBothSee() throws Exception {
    Agreement agreement = agree(signedBy(Identity.generate()), negotiating());

    assertThat(agreement.trust().proven()).isTrue();
    assertThat(agreement.trust().policy()).isEqualTo(TrustPolicy.PARANOIA);
    assertThat(agreement.trust().enforced()).isFalse();
    assertThat(agreement.negotiated().ack()).isFalse();
  }

  @Test
  void whatAPeerDoesNotSayIsOff() {
    ObjectNode silent = JsonNodeFactory.instance.objectNode();
    Agreement agreement = Agreement.between(silent, silent, false);

    assertThat(agreement.negotiated())
        .isEqualTo(new Negotiated(true, List.of(), false, false, false));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0.5, immune",
    "'\"nIndex\":0.1', 0.1, paranoia",
    "'\"nIndex\":0.9', 0.9, immune",
    "'\"entropyMetrics\":{\"negIndex\":0.3}', 0.3, paranoia",
    "'\"nIndex\":0.2,\"entropyMetrics\":{\"negIndex\":0.9}', 0.2, paranoia",
    "'\"nIndex\":-7', -7, paranoia"
  })
  void anUnsignedPeersClaimCanLowerThePolicyAndNotRaiseIt(String members, double index, String mode)
      throws Exception {
    ServerHandshake server = server(plain());
    String comma = members.isEmpty() ? "" : ",";
    PeerHandshake peer = server.examine(frame("{\"type\":\"handshake\"" + comma + members + "}"));

    Trust trust = server.withoutAnswer(peer).trust();

    assertThat(trust.index()).isEqualTo(index);
    assertThat(trust.proven()).isFalse();
    assertThat(trust.policy().mode()).isEqualTo(mode);
  }

  @Test
  void theBackendThatIsNamedIsTheOneAtTheTimeOfTheAnswer() throws Exception {
    ServerHandshake server = server(negotiating());
    PeerHandshake peer = server.examine(frame(client(negotiating()).payload()));

    for (Backend backend : new Backend[] {new Backend("lws", true), new Backend("java", false)}) {
      ObjectNode answer = json(server.answer(peer, backend, null).payload().array());
      assertThat(answer.at("/caps/transport/backend").textValue()).isEqualTo(backend.id());
      assertThat(answer.at("/caps/transport/native").booleanValue()).isEqualTo(backend.isNative());
      assertThat(answer.path("caps").has("session")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.b", "a.b:text", "l:x", "l:y", "n:1.5", "t", "t:true", "zero", "s", "s:"})
  void knowsACapabilityThatIsThere(String wanted) throws Exception {
    assertThat(Capabilities.has(caps(), wanted)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a.c",
        "a.b:other",
        "a:b",
        "l:z",
        "f",
        "e",
        "o",
        "a.b.c",
        "",
        ".",
        ":",
        "l:1"
      })
  void knowsACapabilityThatIsNot(String wanted) throws Exception {
    assertThat(Capabilities.has(caps(), wanted)).isFalse();
  }

  private static ObjectNode caps() throws Exception {
    return json(
        ("{\"a\":{\"b\":\"text\"},\"l\":[\"x\",\"y\",1],\"n\":1.5,\"t\":true,\"f\":false,"
                + "\"zero\":0,\"e\":[],\"o\":{},\"s\":\"\"}")
            .getBytes(UTF_8));
  }

  @Test
  void aPeerWithoutARequiredCapabilityIsRefusedWithTheReason() throws Exception {
    HandshakeSettings requiring =
        with(new Features(false, false, false, false, Set.of("checksum:crc32c")));

    HandshakeRejection refused =
        catchThrowableOfType(
            HandshakeRejection.class,
            () -> server(requiring).examine(frame(client(negotiating()).payload())));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_HANDSHAKE_REJECTED);
    assertThat(refused.reason()).isEqualTo("capability checksum:crc32c is required");
    assertThat(refused.answerable()).isTrue();
    assertThat(server(requiring).examine(frame(client(with(CHECKSUM)).payload())).wantsAnswer())
        .isTrue();

    ClientHandshake client =
        client(with(new Features(false, false, false, false, Set.of("session"))));
    ServerHandshake server = server(with(FEATURES));
    FirstFrame first =
        client.examine(
            server.answer(server.examine(frame(client.payload())), BACKEND, null).payload());
    assertThat(((FirstFrame.Refused) first).reason())
        .isEqualTo("the server's answer: capability session is required");
  }

  @Test
  void unknownCapabilitiesSurviveTheRoundTrip() throws Exception {
    String caps = "{\"x-odd\":{\"deep\":[1,{\"y\":true}]},\"codecs\":[\"smoke-signals\"]}";
    PeerHandshake peer =
        server(plain()).examine(frame("{\"type\":\"handshake\",\"caps\":" + caps + "}"));

    assertThat(peer.info(false).caps().toString()).isEqualTo(caps);
  }
}
