package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
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
        new SelectionRequest(Side.CLIENT, false, true, " LibSocket ", null, Set.of());
    assertThat(fixture.mode(request)).isEqualTo("native-libsocket");
  }

  @Test
  void aNamedBackendThatFailsGivesWayToTheOthersAndThenToJava() {
    libsocket.unavailable("no library");
    SelectionRequest both =
        new SelectionRequest(Side.SERVER, false, true, "libsocket", null, Set.of());
    assertThat(fixture.mode(both)).isEqualTo("native-lws");
    assertThat(fixture.mode(Ask.named("libsocket"))).isEqualTo("java");
    assertThat(lws.asked.stream().filter("open"::equals)).hasSize(1);
  }

  @Test
  void javaMayBeNamed() {
    SelectionRequest request =
        new SelectionRequest(Side.SERVER, false, true, "java", null, Set.of());
    assertThat(fixture.mode(request)).isEqualTo("java");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void aProviderWithoutNativeCodeIsUsedWhenItIsNamedOnly() {
    Fixture nio = Fixture.withJavaAnd(FakeProvider.withoutNativeCode("nio2", 0));
    assertThat(nio.open(Ask.preferNative()).id()).isEqualTo("java");
    assertThat(nio.open(Ask.nothing()).id()).isEqualTo("java");
    SelectedTransport named = nio.open(Ask.named("nio2"));
    assertThat(named.id()).isEqualTo("nio2");
    assertThat(named.mode()).isEqualTo("java");
  }

  @Test
  void whatFailedBeforeIsNotTriedAgain() {
    SelectedTransport second = fixture.open(Ask.preferNativeExcept("lws"));
    assertThat(second.mode()).isEqualTo("native-libsocket");
    SelectedTransport third = fixture.open(Ask.preferNativeExcept("lws", "libsocket"));
    assertThat(third.mode()).isEqualTo("java");
    assertThat(lws.asked).doesNotContain("availability", "open");
    assertThat(third.report().failures())
        .isEqualTo(
            "lws: failed before and is not tried again; "
                + "libsocket: failed before and is not tried again");
    assertThat(fixture.warnings()).isEmpty();
  }

  private static List<String> ids(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::id).toList();
  }
}
