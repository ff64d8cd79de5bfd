package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static qwormhole.api.internal.handshake.HandshakeSupport.NOW;
import static qwormhole.api.internal.handshake.HandshakeSupport.answer;
import static qwormhole.api.internal.handshake.HandshakeSupport.client;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;
import static qwormhole.api.internal.handshake.HandshakeSupport.judge;
import static qwormhole.api.internal.handshake.HandshakeSupport.negotiating;
import static qwormhole.api.internal.handshake.HandshakeSupport.refusal;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.signedBy;
import static qwormhole.api.internal.handshake.HandshakeSupport.signing;
import static qwormhole.api.internal.handshake.HandshakeSupport.with;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.PeerInfo;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;
import qwormhole.api.internal.handshake.HandshakeSettings.Signing;

/** Signed handshakes in both directions: protocol section 3. */
class SignedHandshakeTest {
  private static final Identity ALICE = Identity.generate();
  private static final Identity BOB = Identity.generate();
  private static final String UNIFORM = "the handshake's signature is not accepted";

  @Test
  void bothSidesSeeTheProvenIdentityOfTheOther() throws Exception {
    ClientHandshake client = client(signedBy(ALICE));
    ServerHandshake server = server(signedBy(BOB));

    PeerHandshake ofClient = judge(server, frame(client.payload()));
    PeerHandshake unverified =
        ((FirstFrame.Answer) client.examine(frame(answer(server, ofClient)))).peer();

    PeerInfo seenByServer = ofClient.info(true);
    assertThat(seenByServer.identity()).contains(ALICE.peer());
    assertThat(seenByServer.sid()).isEqualTo(ALICE.sid());
    assertThat(unverified.isUnverified()).isTrue();
    assertThat(unverified.info(true).identity()).isEmpty();
    assertThat(client.verify(unverified).info(true).identity()).contains(BOB.peer());
  }

  @Test
  void everythingThatIsSentIsSigned() throws Exception {
    ObjectNode sent = json(client(signedBy(ALICE)).payload());
    for (String member : new String[] {"version", "caps", "ts", "sid", "nonce", "nIndex"}) {
      ObjectNode without = sent.deepCopy();
      without.remove(member);
      assertThat(refusal(negotiating(), without.toString()).code())
          .as("without %s", member)
          .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    }
    ObjectNode rewritten = sent.deepCopy();
    rewritten.withObject("/caps/transport").put("backend", "other");
    assertUniform(refusal(negotiating(), rewritten.toString()));
    ObjectNode more = sent.deepCopy();
    more.putObject("unknown").put("member", 1);
    assertUniform(refusal(negotiating(), more.toString()));
  }

  @Test
  void unknownMembersAreCoveredAndAllowed() throws Exception {
    ObjectNode handshake = unsigned();
    handshake.putObject("x").putArray("10").add(1e21).add("\u2028").addNull();
    handshake.put("9", 1e-7).put("10", true);
    HandshakeSignature.sign(handshake, ALICE, nonce(1));

    assertThat(judge(server(negotiating()), frame(handshake.toString())).info(true).identity())
        .contains(ALICE.peer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"publicKey", "signature", "nonce", "negHash", "nIndex", "ts"})
  void leavingOneMemberOutIsARejectionNotADowngrade(String member) throws Exception {
    ObjectNode signed = signed(ALICE);
    signed.remove(member);

    HandshakeRejection refused = refusal(negotiating(), signed.toString());

    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(refused.reason()).contains("incomplete").contains("/" + member + " is required");
  }

  @Test
  void aSignatureCanBeRequired() throws Exception {
    Signing required = new Signing(null, true, Set.of(), Duration.ofMinutes(5), false);

    assertThat(refusal(with(required), "{\"type\":\"handshake\"}").reason())
        .isEqualTo("a signed handshake is required");
    assertThat(refusal(with(required), signed(ALICE).toString())).isNull();
    assertThat(refusal(with(allowing(ALICE)), "{\"type\":\"handshake\"}").code())
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
  }

  @Test
  void aListTurnsTheSignatureIntoAuthentication() throws Exception {
    assertThat(refusal(with(allowing(ALICE)), signed(ALICE).toString())).isNull();
    assertUniform(refusal(with(allowing(ALICE)), signed(BOB).toString()));
  }

  @Test
  void whateverIsWrongWithASignatureIsSaidInTheSameWords() throws Exception {
    ObjectNode good = signed(ALICE);
    String smallOrder =
        Base64.getEncoder()
            .encodeToString(
                HexFormat.of().parseHex("302a300506032b6570032100" + "01" + "00".repeat(31)));
    assertUniform(changed(good, "publicKey", BOB.publicKey()));
    assertUniform(changed(good, "publicKey", smallOrder));
    assertUniform(changed(good, "publicKey", "@@@@"));
    assertUniform(changed(good, "signature", "!!!!"));
    assertUniform(changed(good, "signature", Base64.getEncoder().encodeToString(new byte[64])));
    assertUniform(changed(good, "signature", Base64.getEncoder().encodeToString(new byte[63])));
    assertUniform(changed(good, "nonce", "x"));
    assertUniform(changed(good, "negHash", "00"));
    assertUniform(changed(good, "sid", "me"));
  }

  @Test
  void aPointOfSmallOrderCannotSign() {
    // S = 0 and R = A = the neutral element satisfy the equation for any message.
    ObjectNode forged = unsigned();
    byte[] spki = HexFormat.of().parseHex("302a300506032b657003210001" + "00".repeat(31));
    double index = Negentropy.index(spki);
    byte[] signature = new byte[64];
    signature[0] = 1;
    forged
        .put("nIndex", index)
        .put("negHash", Negentropy.hash(spki, index))
        .put("nonce", nonce(1))
        .put("publicKey", Base64.getEncoder().encodeToString(spki))
        .put("signature", Base64.getEncoder().encodeToString(signature));

    assertUniform(refusal(negotiating(), forged.toString()));
  }

  @Test
  void aClaimedIndexMustBeTheComputedOneEvenIfSigned() throws Exception {
    ObjectNode claims = unsigned();
    byte[] spki = ALICE.peer().encoded();
    claims
        .put("nIndex", 0.9)
        .put("negHash", Negentropy.hash(spki, 0.9))
        .put("nonce", nonce(1))
        .put("publicKey", ALICE.publicKey());
    claims.put(
        "signature",
        Base64.getEncoder().encodeToString(ALICE.sign(HandshakeSignature.signedText(claims))));

    assertUniform(refusal(negotiating(), claims.toString()));
  }

  @Test
  void metricsAboveTheComputedIndexGrantNothing() throws Exception {
    ObjectNode boasting = unsigned();
    boasting.putObject("entropyMetrics").put("negIndex", 1).put("coherence", "high");
    HandshakeSignature.sign(boasting, ALICE, nonce(1));

    PeerHandshake peer = judge(server(negotiating()), frame(boasting.toString()));

    assertThat(server(negotiating()).withoutAnswer(peer).trust().policy().trust()).isEqualTo(0.25);
  }

  @Test
  void aDerivedSidIsItsOwnersAlone() throws Exception {
    ObjectNode borrowed = unsigned().put("sid", BOB.sid());
    HandshakeSignature.sign(borrowed, ALICE, nonce(1));
    assertUniform(refusal(negotiating(), borrowed.toString()));

    ObjectNode named = unsigned().put("sid", "a name of its own");
    HandshakeSignature.sign(named, ALICE, nonce(1));
    assertThat(refusal(negotiating(), named.toString())).isNull();
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    byte[] good = JavaScriptJson.text(signed(ALICE)).getBytes(UTF_8);
    String text = new String(HandshakeSignature.signedText(json(good)), UTF_8);
    int sameMeaning = 0;
    for (int at = 0; at < good.length; at++) {
      for (int bit : new int[] {1, 2, 0x20, 0x80}) {
        byte[] flipped = good.clone();
        flipped[at] ^= (byte) bit;
        if (refusal(negotiating(), frame(flipped)) == null) {
          // The last digit of a number may be written otherwise and mean the same double.
          assertThat(new String(HandshakeSignature.signedText(json(flipped)), UTF_8))
              .isEqualTo(text);
          assertThat(json(flipped).path("signature")).isEqualTo(json(good).path("signature"));
          sameMeaning++;
        }
      }
    }
    assertThat(sameMeaning).as("other spellings of nIndex").isLessThan(4);
  }

  @Test
  void aReplayIsRefusedWithinTheWindowAndAfterIt() throws Exception {
    AtomicLong now = new AtomicLong(NOW);
    ServerHandshake server = new ServerHandshake(negotiating(), new Random(1), now::get);
    ByteBuffer payload = frame(signed(ALICE).toString());

    assertThat(judge(server, payload).isUnverified()).isFalse();
    for (long later : new long[] {0, 1_000, 299_000, 3_600_000}) {
      now.set(NOW + later);
      assertThat(replayed(server, payload)).isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
    }
    now.set(NOW);
    ObjectNode bad = signed(BOB).put("sid", "changed");
    assertThat(replayed(server, frame(bad.toString())))
        .as("what does not verify is not remembered")
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(judge(server, frame(signed(BOB).toString())).isUnverified()).isFalse();
  }

  @Test
  void theClientKnowsItsServerByTheList() throws Exception {
    assertThat(verdictOnServer(allowing(BOB), signedBy(BOB))).isNull();
    assertThat(verdictOnServer(allowing(ALICE), signedBy(BOB)))
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(verdictOnServer(allowing(ALICE), negotiating()))
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(verdictOnServer(signing(null), signedBy(BOB))).isNull();
  }

  @Test
  void anAnswerWhoseNonceWasRewrittenDoesNotVerify() throws Exception {
    ClientHandshake client = client(negotiating());
    ServerHandshake server = server(signedBy(BOB));
    byte[] stale = answer(server, server.examine(frame(client.payload())));
    String fresh = json(client.payload()).at("/caps/scp/nonce").textValue();
    ObjectNode rewritten = json(stale).put("re", fresh);

    FirstFrame first = client.examine(frame(rewritten.toString()));

    PeerHandshake peer = ((FirstFrame.Answer) first).peer();
    assertThat(catchThrowableOfType(HandshakeRejection.class, () -> client.verify(peer)))
        .hasMessageContaining(UNIFORM);
  }

  /** Null when the client takes the server. */
  private static ErrorCode verdictOnServer(Signing clients, HandshakeSettings servers)
      throws Exception {
    ClientHandshake client = client(with(clients));
    ServerHandshake server = server(servers);
    FirstFrame first =
        client.examine(frame(answer(server, server.examine(frame(client.payload())))));
    if (first instanceof FirstFrame.Refused refused) {
      return refused.code();
    }
    PeerHandshake peer = ((FirstFrame.Answer) first).peer();
    try {
      return peer.isUnverified() && client.verify(peer).isUnverified()
          ? ErrorCode.E_PROTOCOL_ERROR
          : null;
    } catch (HandshakeRejection e) {
      return e.code();
    }
  }

  private static Signing allowing(Identity... identities) {
    return new Signing(
        null,
        false,
        Set.copyOf(Arrays.stream(identities).map(Identity::peer).toList()),
        Duration.ofMinutes(5),
        false);
  }

  private static ObjectNode unsigned() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "handshake")
        .put("version", "1.0.0")
        .put("ts", NOW);
  }

  private static ObjectNode signed(Identity identity) {
    ObjectNode handshake = unsigned();
    handshake.putObject("tags").put("zone", "eu").put("shard", 7);
    HandshakeSignature.sign(handshake, identity, nonce(7));
    return handshake;
  }

  private static String nonce(int value) {
    byte[] nonce = new byte[16];
    nonce[0] = (byte) value;
    return Base64.getEncoder().encodeToString(nonce);
  }

  private static HandshakeRejection changed(ObjectNode good, String member, String value) {
    return refusal(negotiating(), good.deepCopy().put(member, value).toString());
  }

  private static ErrorCode replayed(ServerHandshake server, ByteBuffer payload) {
    return catchThrowableOfType(HandshakeRejection.class, () -> judge(server, payload)).code();
  }

  private static void assertUniform(HandshakeRejection refused) {
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(refused.reason()).isEqualTo(UNIFORM);
  }
}
