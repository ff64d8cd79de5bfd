package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.error.ErrorCode;

class OffSwitchTest {
  private static final SelectionRequest WANTS_NATIVE =
      new SelectionRequest(Side.SERVER, false, true, "lws", null, Map.of());

  private final FakeProvider lws = FakeProvider.ofNative("lws", 100);
  private final Fixture fixture = Fixture.withJavaAnd(lws);

  @ParameterizedTest
  @ValueSource(
      strings = {"disable", "off", "0", "false", "no", "n", "force-java", "force-ts", " OFF\t"})
  void everyOffValueKeepsNativeProvidersUnconstructed(String value) {
    fixture.variable("QWORMHOLE_NATIVE", value);
    onlyJavaIsConstructed(fixture, WANTS_NATIVE);
    fixture.environment.clear();
    fixture.property("qwormhole.native", value);
    onlyJavaIsConstructed(fixture, WANTS_NATIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "on", "yes", "y", "TRUE"})
  void theOtherOffSwitchWorksToo(String value) {
    fixture.variable("QWORMHOLE_DISABLE_NATIVE", value);
    onlyJavaIsConstructed(fixture, WANTS_NATIVE);
    fixture.environment.clear();
    fixture.property("qwormhole.disable.native", value);
    onlyJavaIsConstructed(fixture, WANTS_NATIVE);
  }

  @Test
  void theOptionForcesJava() {
    onlyJavaIsConstructed(
        fixture, new SelectionRequest(Side.CLIENT, true, true, "lws", null, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"off, on", "on, off"})
  void offInOnePlaceBeatsOnInTheOther(String property, String variable) {
    fixture.property("qwormhole.native", property).variable("QWORMHOLE_NATIVE", variable);
    onlyJavaIsConstructed(fixture, WANTS_NATIVE);
  }

  @Test
  void aNegativeDisableSwitchDisablesNothing() {
    fixture.variable("QWORMHOLE_DISABLE_NATIVE", "0");
    assertThat(fixture.mode(WANTS_NATIVE)).isEqualTo("native-lws");
  }

  @Test
  void theReportSaysWhoTurnedItOffAndWhatWasKeptOut() {
    fixture.variable("QWORMHOLE_NATIVE", "Off");
    assertThat(fixture.selector().report(WANTS_NATIVE).rule())
        .isEqualTo("native is off by QWORMHOLE_NATIVE=off");
    assertThat(fixture.candidate(WANTS_NATIVE, "lws"))
        .isEqualTo(
            new Candidate(
                "lws",
                100,
                true,
                Outcome.NOT_TRIED,
                "native is off by QWORMHOLE_NATIVE=off",
                null));
    assertThat(fixture.constructed).containsOnly("qwormhole.java.JavaTransportProvider");
  }

  @Test
  void aDropInThatIsNotNativeIsKeptOutAsWell() {
    fixture.dropIn("com.acme.Provider", FakeProvider.withoutNativeCode("acme", 7));
    onlyJavaIsConstructed(fixture, Ask.forceJava());
    assertThat(fixture.candidate(Ask.forceJava(), "acme"))
        .isEqualTo(
            new Candidate(
                "acme",
                7,
                false,
                Outcome.NOT_TRIED,
                "only the Java provider is used: native is off by option forceJava",
                null));
  }

  @Test
  void aDropInThatCallsItselfJavaIsKeptOutAsWell() {
    fixture.dropIn("com.evil.Provider", FakeProvider.java());
    onlyJavaIsConstructed(fixture, Ask.forceJava());
  }

  @Test
  void aNativeProviderCannotBeRequiredWhenNativeIsOff() {
    fixture.variable("QWORMHOLE_DISABLE_NATIVE", "1");
    assertThat(fixture.refusal(Ask.require("lws")))
        .hasMessageStartingWith(
            "E_NATIVE_UNAVAILABLE: required provider 'lws' cannot be used, "
                + "native is off by QWORMHOLE_DISABLE_NATIVE=1.");
    assertThat(fixture.constructed).isEmpty();
    assertThat(fixture.mode(Ask.require("java"))).isEqualTo("java");
  }

  @Test
  void anUnknownNamedBackendDoesNotMatterWhenNativeIsOff() {
    fixture.variable("QWORMHOLE_NATIVE", "off").variable("QWORMHOLE_NATIVE_PREFERRED", "nonsense");
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("java");
  }

  @Test
  void withoutJavaNothingIsLeft() {
    Fixture noJava = new Fixture().with(lws);
    assertThat(noJava.refusal(Ask.forceJava()).code()).isEqualTo(ErrorCode.E_PROVIDER_MISSING);
    assertThat(noJava.constructed).isEmpty();
  }

  private void onlyJavaIsConstructed(Fixture fixture, SelectionRequest request) {
    fixture.constructed.clear();
    assertThat(fixture.mode(request)).isEqualTo("java");
    assertThat(fixture.constructed).containsExactly("qwormhole.java.JavaTransportProvider");
    assertThat(lws.asked).isEmpty();
    assertThat(fixture.warnings()).isEmpty();
  }
}
