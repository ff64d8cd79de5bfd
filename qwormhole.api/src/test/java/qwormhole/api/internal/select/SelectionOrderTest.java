package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.ProviderReport.Candidate;

class SelectionOrderTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 100);
  private final FakeProvider libsocket = FakeProvider.ofNative("libsocket", 50);
  private final Fixture fixture = Fixture.withJavaAnd(libsocket, lws);

  @Test
  void javaCarriesTheBytesWhenNothingIsSaid() {
    SelectedTransport selected = fixture.open(Ask.nothing());
    assertThat(selected.mode()).isEqualTo("java");
    assertThat(selected.id()).isEqualTo("java");
    assertThat(selected.report().rule()).isEqualTo("native is not preferred");
    assertThat(lws.asked).doesNotContain("availability", "open");
  }

  @Test
  void theNativeOneOfHighestPriorityComesFirst() {
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.mode()).isEqualTo("native-lws");
    assertThat(selected.transport()).isSameAs(lws.transport);
    assertThat(libsocket.asked).doesNotContain("availability");
  }

  @Test
  void equalPrioritiesAreOrderedById() {
    FakeProvider b = FakeProvider.ofNative("b", 7);
    FakeProvider a = FakeProvider.ofNative("a", 7);
    FakeProvider low = FakeProvider.ofNative("z", Integer.MIN_VALUE);
    FakeProvider high = FakeProvider.ofNative("y", Integer.MAX_VALUE);
    for (FakeProvider each : new FakeProvider[] {a, b, low, high}) {
      each.unavailable("not today");
    }
    SelectedTransport selected = Fixture.withJavaAnd(b, low, a, high).open(Ask.preferNative());
    assertThat(ids(selected.report().candidates())).containsExactly("y", "a", "b", "z", "java");
  }

  @Test
  void theNextNativeOneComesWhenTheFirstCannot() {
    lws.unavailable("no library");
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("native-libsocket");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void aNamedBackendComesBeforeThoseOfHigherPriority() {
    SelectionRequest request =
        new SelectionRequest(Side.CLIENT, false, true, " LibSocket ", null, Map.of());
    assertThat(fixture.mode(request)).isEqualTo("native-libsocket");
  }

  @Test
  void aNamedBackendThatFailsGivesWayToTheOthersAndThenToJava() {
    libsocket.unavailable("no library");
    SelectionRequest both =
        new SelectionRequest(Side.SERVER, false, true, "libsocket", null, Map.of());
    assertThat(fixture.mode(both)).isEqualTo("native-lws");
    assertThat(fixture.mode(Ask.named("libsocket"))).isEqualTo("java");
    assertThat(lws.asked.stream().filter("open"::equals)).hasSize(1);
  }

  @Test
  void javaMayBeNamed() {
    SelectionRequest request =
        new SelectionRequest(Side.SERVER, false, true, "java", null, Map.of());
    assertThat(fixture.mode(request)).isEqualTo("java");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void aDropInThatIsNotNativeIsChosenByItsPriorityAlone() {
    FakeProvider above = FakeProvider.withoutNativeCode("nio2", 150);
    Fixture nio = Fixture.withJavaAnd(above, lws);
    SelectedTransport selected = nio.open(Ask.nothing());
    assertThat(selected.mode()).isEqualTo("nio2");
    assertThat(selected.isNative()).isFalse();
    assertThat(selected.report().rule()).isEqualTo("its priority 150 is above that of java");
    assertThat(nio.mode(Ask.preferNative())).isEqualTo("nio2");
    assertThat(nio.mode(Ask.named("lws"))).isEqualTo("native-lws");
    assertThat(nio.mode(Ask.named("java"))).isEqualTo("java");
    assertThat(nio.mode(Ask.forceJava())).isEqualTo("java");
    assertThat(nio.warnings()).isEmpty();
    above.unavailable("not today");
    assertThat(nio.mode(Ask.preferNative())).isEqualTo("native-lws");
    assertThat(nio.mode(Ask.nothing())).isEqualTo("java");
    assertThat(nio.warnings())
        .containsExactly(
            "[native-server] binding not found, falling back to Java: nio2: not today");
  }

  @Test
  void aDropInBelowJavaIsUsedWhenItIsNamedOnly() {
    Fixture nio = Fixture.withJavaAnd(FakeProvider.withoutNativeCode("nio2", 0));
    assertThat(nio.mode(Ask.preferNative())).isEqualTo("java");
    assertThat(nio.mode(Ask.nothing())).isEqualTo("java");
    assertThat(nio.mode(Ask.named("nio2"))).isEqualTo("nio2");
  }

  @Test
  void whatDiedLatelyIsPassedOverWithTheReason() {
    Map<String, String> died = Map.of("lws", "died: boom");
    SelectedTransport second = fixture.open(Ask.preferNativeExcept(died));
    assertThat(second.mode()).isEqualTo("native-libsocket");
    Map<String, String> both = Map.of("lws", "died: boom", "libsocket", "died: bang");
    SelectedTransport third = fixture.open(Ask.preferNativeExcept(both));
    assertThat(third.mode()).isEqualTo("java");
    assertThat(lws.asked).isEmpty();
    assertThat(third.report().failures()).isEqualTo("lws: died: boom; libsocket: died: bang");
    assertThat(fixture.warnings()).isEmpty();
  }

  private static List<String> ids(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::id).toList();
  }
}
