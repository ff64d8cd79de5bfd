package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.observe.RecordingLogger;
import qwormhole.api.spi.Availability;

class FallbackWarningTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 2).unavailable("no library");

  @Test
  void fallingBackIsSaidOnceForEachSide() {
    Fixture fixture = Fixture.withJavaAnd(lws);
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.mode(Ask.preferNative(Side.SERVER))).isEqualTo("java");
      assertThat(fixture.mode(Ask.preferNative(Side.CLIENT))).isEqualTo("java");
      assertThat(fixture.mode(Ask.named("lws"))).isEqualTo("java");
    }
    assertThat(fixture.warnings())
        .containsExactly(
            "[native-server] binding not found, falling back to Java: lws: no library",
            "[native-client] binding not found, falling back to Java: lws: no library");
  }

  @Test
  void theLineHasEveryReason() {
    FakeProvider second = FakeProvider.ofNative("second", 1);
    second.opener =
        context -> {
          throw new IllegalStateException("no\nmemory");
        };
    Fixture fixture = Fixture.withJavaAnd(lws, second);
    fixture.open(Ask.preferNative());
    assertThat(fixture.warnings())
        .containsExactly(
            "[native-server] binding not found, falling back to Java: lws: no library; "
                + "second: open() failed: IllegalStateException: no\\u000amemory");
  }

  @Test
  void noNativeProviderAtAllIsAReasonToo() {
    Fixture fixture = Fixture.withJavaAnd();
    fixture.open(Ask.preferNative());
    assertThat(fixture.warnings())
        .containsExactly(
            "[native-server] binding not found, falling back to Java: "
                + "no native provider was found");
  }

  @Test
  void aNamedBackendThatCannotBeConstructedFallsBackWithItsReason() {
    Fixture fixture =
        Fixture.withJavaAnd()
            .dropIn(
                "com.acme.Provider",
                "acme",
                () -> {
                  throw new UnsatisfiedLinkError("jnidispatch");
                });
    assertThat(fixture.mode(Ask.named("acme"))).isEqualTo("java");
    assertThat(fixture.warnings())
        .containsExactly(
            "[native-server] binding not found, falling back to Java: "
                + "acme: constructor failed: UnsatisfiedLinkError: jnidispatch");
  }

  @Test
  void nobodyIsWarnedWhoDidNotAskForNative() {
    Fixture fixture = Fixture.withJavaAnd(lws).addBroken(new NoClassDefFoundError("gone"));
    fixture.open(Ask.nothing());
    fixture.open(Ask.require("java"));
    fixture.open(Ask.forceJava());
    fixture.open(new SelectionRequest(Side.SERVER, false, true, "java", null, Map.of()));
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void askingForAReportWarnsOfNothing() {
    Fixture fixture = Fixture.withJavaAnd(lws);
    fixture.selector().report(Ask.preferNative());
    assertThat(fixture.warnings()).isEmpty();
    fixture.open(Ask.preferNative());
    assertThat(fixture.warnings()).hasSize(1);
  }

  @Test
  void stackTracesAppearAtDebugOnly() {
    UnsatisfiedLinkError cause = new UnsatisfiedLinkError("libwebsockets.so.17");
    lws.availability = () -> new Availability.Unavailable("no library", cause);
    Fixture fixture = Fixture.withJavaAnd(lws).variable("QWORMHOLE_DEBUG_NATIVE", "1");
    fixture.open(Ask.preferNative());
    assertThat(fixture.logger.lines())
        .filteredOn(line -> line.thrown() != null)
        .containsExactly(
            new RecordingLogger.Line(Level.DEBUG, "[native-server] lws failed", cause));
  }
}
