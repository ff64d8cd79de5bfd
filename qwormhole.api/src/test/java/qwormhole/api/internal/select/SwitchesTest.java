package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest {
  private Fixture fixture;

  @BeforeEach
  void javaAndThreeNativeProviders() {
    fixture =
        Fixture.withJavaAnd(
            FakeProvider.ofNative("lws", 3),
            FakeProvider.ofNative("libsocket", 2),
            FakeProvider.ofNative("third", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "on", "prefer", " Prefer "})
  void everyOnValuePrefersNative(String value) {
    fixture.variable("QWORMHOLE_NATIVE", value);
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("native-lws");
    fixture.environment.clear();
    fixture.property("qwormhole.native", value);
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("native-lws");
  }

  @Test
  void theOptionBeatsBothPlaces() {
    fixture.property("qwormhole.native", "on").variable("QWORMHOLE_NATIVE", "on");
    SelectionRequest no = new SelectionRequest(Side.SERVER, false, false, null, null, Map.of());
    assertThat(fixture.mode(no)).isEqualTo("java");
    fixture.property("qwormhole.native.preferred", "third");
    assertThat(fixture.mode(Ask.named("libsocket"))).isEqualTo("native-libsocket");
  }

  @Test
  void ofOneNameThePropertyBeatsTheVariable() {
    fixture
        .property("qwormhole.native.preferred", "third")
        .variable("QWORMHOLE_NATIVE_PREFERRED", "libsocket");
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("native-third");
  }

  @ParameterizedTest
  @CsvSource({"SERVER, native-lws, native-libsocket", "CLIENT, native-libsocket, native-lws"})
  void eachSideHasItsOwnName(Side side, String mine, String other) {
    fixture
        .variable("QWORMHOLE_NATIVE_SERVER_PREFERRED", "lws")
        .property("qwormhole.native.client.preferred", "libsocket");
    assertThat(fixture.mode(Ask.nothing(side))).isEqualTo(mine).isNotEqualTo(other);
  }

  @Test
  void theNameOfTheSideBeatsTheNameOfBothEvenAsAVariable() {
    fixture
        .variable("QWORMHOLE_NATIVE_SERVER_PREFERRED", " LWS ")
        .property("qwormhole.native.preferred", "third");
    assertThat(fixture.mode(Ask.nothing(Side.SERVER))).isEqualTo("native-lws");
    assertThat(fixture.mode(Ask.nothing(Side.CLIENT))).isEqualTo("native-third");
  }

  @Test
  void anEmptyValueIsNotSet() {
    fixture
        .property("qwormhole.native", " ")
        .variable("QWORMHOLE_NATIVE", "")
        .variable("QWORMHOLE_DISABLE_NATIVE", "")
        .variable("QWORMHOLE_NATIVE_PREFERRED", "  ");
    assertThat(fixture.mode(Ask.named(" "))).isEqualTo("java");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void aMalformedValueIsWarnedOfOnceAndThenCountsAsNotSet() {
    fixture.variable("QWORMHOLE_NATIVE", "ye\u001bs\n").property("qwormhole.disable.native", "si");
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.mode(Ask.nothing())).isEqualTo("java");
      assertThat(fixture.mode(Ask.preferNative(Side.CLIENT))).isEqualTo("native-lws");
    }
    assertThat(fixture.warnings())
        .containsExactly(
            "ignored QWORMHOLE_NATIVE=ye\\u001bs: accepted are "
                + "1, true, on, yes, y, prefer; 0, false, off, no, n, disable, force-java, force-ts",
            "ignored -Dqwormhole.disable.native=si: accepted are "
                + "1, true, on, yes, y; 0, false, off, no, n");
  }

  @Test
  void aMalformedPropertyLeavesTheVariableInForce() {
    fixture.property("qwormhole.native", "maybe").variable("QWORMHOLE_NATIVE", "on");
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("native-lws");
    assertThat(fixture.warnings()).hasSize(1);
  }

  @Test
  void anUnknownNameIsWarnedOfOnceWithTheKnownOnesAndTheOrderGoesOn() {
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.mode(Ask.named("lvs"))).isEqualTo("java");
    }
    assertThat(fixture.warnings())
        .containsExactly(
            "[native-server] option preferredBackend=lvs names no known provider; "
                + "known are [java, libsocket, lws, third]");
    fixture.variable("QWORMHOLE_NATIVE_PREFERRED", "l\nvs");
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("native-lws");
    assertThat(fixture.warnings().get(1))
        .startsWith(
            "[native-server] QWORMHOLE_NATIVE_PREFERRED=l\\u000avs names no known provider; ");
    fixture.property("qwormhole.native.server.preferred", "x".repeat(1000));
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("java");
    assertThat(fixture.warnings()).hasSize(3);
    assertThat(fixture.warnings().get(2)).hasSizeLessThan(300);
  }

  @Test
  void eachStepIsLoggedAloudWhenAskedFor() {
    fixture.open(Ask.preferNative());
    assertThat(fixture.logger.texts(System.Logger.Level.INFO)).isEmpty();
    fixture.variable("QWORMHOLE_DEBUG_NATIVE", "1");
    fixture.open(Ask.preferNative());
    assertThat(fixture.logger.texts(System.Logger.Level.INFO))
        .containsExactly(
            "[native-server] lws SELECTED: fake 1.0",
            "[native-server] libsocket NOT_TRIED: lws came first",
            "[native-server] third NOT_TRIED: lws came first",
            "[native-server] java NOT_TRIED: lws came first",
            "[native-server] selected native-lws: native is preferred by option preferNative");
  }
}
