package qwormhole.api.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.ClientOptions;
import qwormhole.api.Framing;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

class HandshakeMembersTest {
  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Arguments bad(Consumer<HandshakeMembers.Builder> change, String said) {
    return Arguments.of(change, said);
  }

  static Stream<Arguments> whatNoPeerWouldAccept() {
    ObjectNode vector = object();
    vector.putArray("vector").add("x");
    return Stream.of(
        bad(m -> m.sid(""), "/sid must be a non-empty string"),
        bad(m -> m.nv(""), "/nv must be a non-empty string or an object"),
        bad(m -> m.nv(vector), "/nv/vector/0 must be a number"),
        bad(m -> m.nv(object().put("entropy", -1)), "/nv/entropy must be a number of at least 0"),
        bad(m -> m.nIndex(1.5), "nIndex must be 0 to 1"),
        bad(m -> m.nIndex(Double.NaN), "nIndex must be 0 to 1"),
        bad(
            m -> m.entropyMetrics(object().put("coherence", "much")),
            "/entropyMetrics/coherence must be high, medium, low or chaos"),
        bad(m -> m.member("x", "y".repeat(9_000)), "over a limit"),
        bad(m -> m.member("__proto__", "x"), "forbidden member name"),
        bad(m -> m.member("x", DoubleNode.valueOf(Double.NaN)), "NaN has no exact form"),
        bad(m -> m.member("x", LongNode.valueOf((1L << 60) + 1)), "has no exact form"),
        bad(m -> m.member("x", JsonNodeFactory.instance.pojoNode(new Object())), "no JSON form"));
  }

  @ParameterizedTest
  @MethodSource("whatNoPeerWouldAccept")
  void whatNoPeerWouldAcceptFailsWhenItIsBuilt(
      Consumer<HandshakeMembers.Builder> change, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              HandshakeMembers.Builder builder = HandshakeMembers.builder();
              change.accept(builder);
              builder.build();
            })
        .withMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "type",
        "version",
        "sid",
        "caps",
        "nv",
        "ts",
        "sig",
        "tags",
        "nIndex",
        "negHash",
        "entropyMetrics",
        "nonce",
        "publicKey",
        "signature",
        "re",
        "session"
      })
  void theProtocolsNamesAreNotTheApplications(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandshakeMembers.builder().member(name, "x"))
        .withMessageContaining("\"" + name + "\"");
  }

  @Test
  void anIndexOrTheSidOfAnotherKeyIsRefusedBesideAnIdentity() {
    Identity own = Identity.generate();
    HandshakeMembers index = HandshakeMembers.builder().nIndex(0.9).build();
    HandshakeMembers stolen = HandshakeMembers.builder().sid(Identity.generate().sid()).build();
    HandshakeMembers mine = HandshakeMembers.builder().sid(own.sid()).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().identity(own).handshakeMembers(index).build())
        .withMessageContaining("nIndex");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().identity(own).handshakeMembers(stolen).build())
        .withMessageContaining("sid");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().handshakeMembers(mine).build())
        .withMessageContaining("sid");
    assertThat(client().identity(own).handshakeMembers(mine).build().handshakeMembers())
        .isSameAs(mine);
  }

  @Test
  void membersWithoutAHandshakeToCarryThemAreRefused() {
    HandshakeMembers members = HandshakeMembers.builder().nv("x").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().withoutHandshake().handshakeMembers(members).build())
        .withMessageContaining("withoutHandshake()");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ServerOptions.builder(Codec.text())
                    .framing(Framing.NONE)
                    .identity(Identity.generate())
                    .build())
        .withMessageContaining("framing NONE");
  }

  @Test
  void whatWasGivenAndWhatIsReadAreCopies() {
    ObjectNode nv = object().put("hash", "a");
    HandshakeMembers members = HandshakeMembers.builder().nv(nv).build();
    nv.put("hash", "b");
    members.toJson().removeAll();

    assertThat(members.toJson().at("/nv/hash").textValue()).isEqualTo("a");
    assertThat(members.toString()).isEqualTo("handshake members [nv]");
  }

  private static ClientOptions.Builder<String> client() {
    return ClientOptions.builder(Codec.text()).port(1);
  }
}
