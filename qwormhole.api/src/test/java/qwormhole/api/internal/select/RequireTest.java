package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

class RequireTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 2);
  private final FakeProvider other = FakeProvider.ofNative("other", 1);
  private final Fixture fixture = Fixture.withJavaAnd(lws, other);

  @Test
  void theRequiredOneIsUsedWithoutBeingPreferred() {
    SelectedTransport selected = fixture.open(Ask.require("OTHER "));
    assertThat(selected.mode()).isEqualTo("native-other");
    assertThat(selected.report().rule()).isEqualTo("required");
    assertThat(lws.asked).doesNotContain("availability");
  }

  @Test
  void requireDoesNotFallBack() {
    IllegalStateException cause = new IllegalStateException("broken drop-in");
    fixture.undescribed("com.acme.P", cause);
    lws.unavailable("libwebsockets.so.17 not found");
    QWormholeException refusal = fixture.refusal(Ask.require("lws"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.E_NATIVE_UNAVAILABLE);
    assertThat(refusal.detail())
        .isEqualTo(
            "required provider 'lws' cannot be used: lws: libwebsockets.so.17 not found; "
                + "com.acme.P: its annotation failed: IllegalStateException: broken drop-in");
    assertThat(refusal.getCause()).isSameAs(cause);
    assertThat(other.asked).doesNotContain("availability");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void anUnknownRequiredIdIsToldWithTheKnownOnes() {
    assertThat(fixture.refusal(Ask.require("l\nvs")).detail())
        .isEqualTo("required provider 'l\\u000avs' is unknown; known are [java, lws, other]");
  }

  @Test
  void requireBeatsEveryPreference() {
    fixture
        .variable("QWORMHOLE_NATIVE", "on")
        .variable("QWORMHOLE_NATIVE_PREFERRED", "unknown-but-irrelevant");
    SelectionRequest request =
        new SelectionRequest(Side.SERVER, false, true, "lws", "other", Map.of());
    assertThat(fixture.mode(request)).isEqualTo("native-other");
    assertThat(fixture.mode(Ask.require("java"))).isEqualTo("java");
  }

  @Test
  void requiringJavaMeansJavaOnly() {
    QWormholeException missing = new Fixture().with(lws).refusal(Ask.require("java"));
    assertThat(missing.code()).isEqualTo(ErrorCode.E_PROVIDER_MISSING);
    assertThat(missing).hasMessageContaining("qwormhole.java");
    assertThat(lws.asked).doesNotContain("open");
  }

  @Test
  void aRequiredOneThatFailedBeforeIsNotTriedAgain() {
    SelectionRequest request =
        new SelectionRequest(Side.CLIENT, false, null, null, "lws", Map.of("lws", "died: boom"));
    assertThat(fixture.refusal(request).detail())
        .isEqualTo("required provider 'lws' cannot be used: lws: died: boom");
    SelectionRequest java =
        new SelectionRequest(Side.CLIENT, false, null, null, "java", Map.of("java", "died: boom"));
    assertThat(fixture.refusal(java).code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
  }
}
