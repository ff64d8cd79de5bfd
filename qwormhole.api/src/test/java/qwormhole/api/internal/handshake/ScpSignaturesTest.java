package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.handshake.HandshakeSupport.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.telemetry.ScpSignature;

class ScpSignaturesTest {
  private static final Identity ALICE = Identity.generate();
  private static final PeerIdentity BOB = Identity.generate().peer();

  /** Members out of order, and the text that is signed. */
  private static final String MESSAGE =
      "{'ts':1,'type':'state','10':1e21,'9':{'b':null,'a':[true,0.5]},'sid':'\u00e4'}"
          .replace('\'', '"');

  private static final String SIGNED =
      "{'9':{'a':[true,0.5],'b':null},'10':1e+21,'sid':'\u00e4','ts':1,'type':'state'}"
          .replace('\'', '"');

  private static ObjectNode message() throws Exception {
    return json(MESSAGE.getBytes(UTF_8));
  }

  private static ObjectNode signed() throws Exception {
    byte[] signature = ALICE.sign(SIGNED.getBytes(UTF_8));
    return message().put("sig", Base64.getEncoder().encodeToString(signature));
  }

  @Test
  void theOwnersSignatureOverTheCanonicalTextVerifies() throws Exception {
    ObjectNode message = signed();

    assertThat(ScpSignatures.check(message, ALICE.peer())).isEqualTo(ScpSignature.VERIFIED);
    assertThat(message.has("sig")).as("left as it was").isTrue();
  }

  @Test
  void anothersSignatureAndAChangedMessageAreWrong() throws Exception {
    assertThat(ScpSignatures.check(signed(), BOB)).isNull();
    assertThat(ScpSignatures.check(signed().put("ts", 2), ALICE.peer())).isNull();
    assertThat(ScpSignatures.check(signed().put("more", 1), ALICE.peer())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "\u00e4\u00f6"})
  void whatIsNoSignatureIsWrongAndNoError(String sig) throws Exception {
    assertThat(ScpSignatures.check(message().put("sig", sig), ALICE.peer())).isNull();
    assertThat(ScpSignatures.check(message().put("sig", 7), ALICE.peer())).isNull();
  }

  @Test
  void withoutAKeyOrASignatureThereIsNothingToCheck() throws Exception {
    assertThat(ScpSignatures.check(signed(), null)).isEqualTo(ScpSignature.UNCHECKED);
    assertThat(ScpSignatures.check(message(), null)).isEqualTo(ScpSignature.ABSENT);
    assertThat(ScpSignatures.check(message(), ALICE.peer())).isEqualTo(ScpSignature.ABSENT);
  }
}
