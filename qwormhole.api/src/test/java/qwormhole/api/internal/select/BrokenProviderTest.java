package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.TransportProvider;

/** Each way in which a provider can be broken, and that it harms nobody but itself. */
class BrokenProviderTest {
  private static final String SERVICE = TransportProvider.class.getName();
  private static final String ACME = "com.acme.Provider";

  private final FakeProvider good = FakeProvider.ofNative("good", 1);
  private final FakeProvider bad = FakeProvider.ofNative("bad", 9);

  static Throwable[] whatProvidersThrow() {
    return new Throwable[] {
      new IllegalStateException("boom"),
      new UnsatisfiedLinkError("boom"),
      new NoClassDefFoundError("boom"),
      new AbstractMethodError("boom"),
      new AssertionError("boom"),
      new IOException("boom"),
      new ServiceConfigurationError("boom"),
      new ServiceConfigurationError("wrapped", new IllegalStateException("boom")),
      new ExceptionInInitializerError(new IllegalStateException("boom")),
    };
  }

  @ParameterizedTest
  @MethodSource("whatProvidersThrow")
  void aThrowingConstructorIsRemembered(Throwable thrown) {
    Fixture fixture = Fixture.withJavaAnd(good).dropIn(ACME, "acme", throwing(thrown));
    Candidate failed = carriesOn(fixture, "acme");
    assertThat(failed.detail()).startsWith("constructor failed: ").endsWith("boom");
  }

  @ParameterizedTest
  @MethodSource("whatProvidersThrow")
  void aThrowingVersionIsRemembered(Throwable thrown) {
    bad.spiVersion =
        () -> {
          throw Raise.anything(thrown);
        };
    assertThat(carriesOn(Fixture.withJavaAnd(good, bad), "bad").detail())
        .startsWith("spiVersion() failed: ")
        .endsWith("boom");
  }

  @ParameterizedTest
  @MethodSource("whatProvidersThrow")
  void aThrowingAvailabilityCountsAsUnavailable(Throwable thrown) {
    bad.availability =
        () -> {
          throw Raise.anything(thrown);
        };
    assertThat(carriesOn(Fixture.withJavaAnd(good, bad), "bad").detail())
        .startsWith("availability() failed: ")
        .endsWith("boom");
  }

  @ParameterizedTest
  @MethodSource("whatProvidersThrow")
  void aThrowingOpenGivesWay(Throwable thrown) {
    bad.opener =
        context -> {
          throw Raise.anything(thrown);
        };
    assertThat(carriesOn(Fixture.withJavaAnd(good, bad), "bad").detail())
        .startsWith("open() failed: ")
        .endsWith("boom");
  }

  @Test
  void anErrorOfTheVirtualMachineGetsThrough() {
    OutOfMemoryError full = new OutOfMemoryError("heap");
    Error wrapped = new ServiceConfigurationError("could not be instantiated", full);
    Fixture constructing = Fixture.withJavaAnd().dropIn(ACME, "acme", throwing(wrapped));
    assertThatThrownBy(() -> constructing.open(Ask.preferNative())).isSameAs(full);
    bad.opener =
        context -> {
          throw Raise.anything(full);
        };
    assertThatThrownBy(() -> Fixture.withJavaAnd(bad).open(Ask.preferNative())).isSameAs(full);
  }

  @Test
  void anotherSpiVersionIsNotUsed() {
    bad.spiVersion = () -> TransportProvider.SPI_VERSION + 1;
    Fixture fixture = Fixture.withJavaAnd(good, bad);
    assertThat(carriesOn(fixture, "bad").detail()).isEqualTo("made for SPI version 2, this is 1");
    assertThat(bad.asked).containsOnly("spiVersion");
  }

  @Test
  void anImproperIdIsNotUsed() {
    for (String id : new String[] {null, "", "Upper", "with space", "-x", "a\nb", "x".repeat(33)}) {
      Fixture fixture = Fixture.withJavaAnd(good).dropIn(ACME, FakeProvider.ofNative(id, 9));
      assertThat(carriesOn(fixture, ACME).detail())
          .startsWith("its id '")
          .endsWith("' is not of the form [a-z][a-z0-9-]{0,31}")
          .doesNotContain("\n");
    }
  }

  @Test
  void ofTwoDropInsWithOneIdThatOfTheHigherPriorityIsUsedAndTheOtherTold() {
    FakeProvider low = FakeProvider.ofNative("twin", 1);
    FakeProvider high = FakeProvider.ofNative("twin", 99);
    Fixture fixture =
        Fixture.withJavaAnd().dropIn("org.a.Provider", low).dropIn("org.b.Provider", high);
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.transport()).isSameAs(high.transport);
    assertThat(selected.report().failures())
        .isEqualTo("org.a.Provider: its id twin is taken by org.b.Provider, of priority 99");
    assertThat(fixture.constructed).containsExactly("org.b.Provider");
  }

  @Test
  void ofTwoWithOneIdAndPriorityTheFirstByClassNameIsUsed() {
    FakeProvider first = FakeProvider.ofNative("twin", 1);
    Fixture fixture =
        Fixture.withJavaAnd()
            .dropIn("org.b.Provider", FakeProvider.ofNative("twin", 1))
            .dropIn("org.a.Provider", first);
    assertThat(fixture.open(Ask.preferNative()).transport()).isSameAs(first.transport);
  }

  @Test
  void aDropInCannotTakeTheIdOfAModuleOfThisProject() {
    FakeProvider real = FakeProvider.ofNative("lws", 1);
    Fixture fixture =
        Fixture.withJavaAnd()
            .dropIn("qwormhole.lws.EvilProvider", FakeProvider.ofNative("lws", 99))
            .dropIn("qwormhole.java.EvilProvider", FakeProvider.withoutNativeCode("java", 99))
            .with(real);
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.transport()).isSameAs(real.transport);
    assertThat(selected.report().failures())
        .isEqualTo(
            "qwormhole.java.EvilProvider: its id java is kept for the module qwormhole.java; "
                + "qwormhole.lws.EvilProvider: its id lws is kept for the module qwormhole.lws");
    fixture.property("qwormhole.native", "off");
    assertThat(fixture.open(Ask.nothing()).mode()).isEqualTo("java");
    assertThat(fixture.constructed).doesNotContain("qwormhole.java.EvilProvider");
  }

  @Test
  void anAnnotationThatCannotBeReadIsTheReason() {
    Fixture fixture =
        Fixture.withJavaAnd(good)
            .undescribed(ACME, new Unfit("its class has no @ProviderInfo"))
            .undescribed("com.b.P", new IllegalStateException("boom"));
    assertThat(carriesOn(fixture, ACME).detail()).isEqualTo("its class has no @ProviderInfo");
    assertThat(carriesOn(fixture, "com.b.P").detail())
        .isEqualTo("its annotation failed: IllegalStateException: boom");
  }

  @Test
  void anUnavailableOneGivesItsReasonInOneLine() {
    IOException cause = new IOException("errno 2");
    bad.availability =
        () -> new Availability.Unavailable("libbad.so.1 not found\nin /usr/lib", cause);
    Candidate failed = carriesOn(Fixture.withJavaAnd(good, bad), "bad");
    assertThat(failed.detail()).isEqualTo("libbad.so.1 not found\\u000ain /usr/lib");
    assertThat(failed.cause()).isSameAs(cause);
  }

  @Test
  void nullAnswersAreFailures() {
    bad.availability = () -> null;
    assertThat(carriesOn(Fixture.withJavaAnd(good, bad), "bad").detail())
        .isEqualTo("availability() returned null");
    bad.availability = () -> new Availability.Available("");
    bad.opener = context -> null;
    assertThat(carriesOn(Fixture.withJavaAnd(good, bad), "bad").detail())
        .isEqualTo("open() returned null");
  }

  @Test
  void whatCouldNotBeFoundIsReportedToo() {
    Fixture fixture =
        Fixture.withJavaAnd(good)
            .addBroken(new ServiceConfigurationError(SERVICE + ": Provider com.gone.P not found"));
    assertThat(carriesOn(fixture, "unknown").detail()).isEqualTo("Provider com.gone.P not found");
  }

  @Test
  void missingJavaIsAnErrorThatNamesTheModuleAndTheFailures() {
    bad.unavailable("no library");
    QWormholeException refusal = new Fixture().with(bad).refusal(Ask.preferNative());
    assertThat(refusal.code()).isEqualTo(ErrorCode.E_PROVIDER_MISSING);
    assertThat(refusal.detail())
        .isEqualTo(
            "the Java provider is missing: module qwormhole.java is neither on the module path"
                + " nor on the class path: bad: no library");
    assertThat(new Fixture().refusal(Ask.nothing()).code()).isEqualTo(ErrorCode.E_PROVIDER_MISSING);
  }

  @Test
  void missingJavaDoesNotMatterWhileANativeOneWorks() {
    assertThat(new Fixture().with(good).mode(Ask.preferNative())).isEqualTo("native-good");
  }

  @Test
  void brokenJavaIsNotMissingJava() {
    Fixture fixture =
        new Fixture()
            .add(
                Fixture.JAVA_CLASS,
                "java",
                FakeProvider.java().description,
                throwing(new IllegalStateException("boom")));
    assertThat(fixture.refusal(Ask.nothing()).code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
  }

  @Test
  void whenEveryoneFailsEveryReasonAndCauseIsTold() {
    BindException noDescriptors = new BindException("too many open files");
    FakeProvider java = FakeProvider.java();
    java.opener =
        context -> {
          throw Raise.anything(noDescriptors);
        };
    bad.opener =
        context -> {
          throw Raise.anything(new UnsatisfiedLinkError("no symbol"));
        };
    QWormholeException refusal = new Fixture().with(java, bad).refusal(Ask.preferNative());
    assertThat(refusal.code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
    assertThat(refusal.detail())
        .isEqualTo(
            "no provider can be used: bad: open() failed: UnsatisfiedLinkError: no symbol; "
                + "java: open() failed: BindException: too many open files");
    assertThat(refusal.getCause()).isInstanceOf(UnsatisfiedLinkError.class);
    assertThat(refusal.getSuppressed()).containsExactly(noDescriptors);
  }

  /** The good one is used by those who want native, Java by those who do not. */
  private static Candidate carriesOn(Fixture fixture, String brokenId) {
    assertThat(fixture.mode(Ask.nothing())).isEqualTo("java");
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.mode()).isEqualTo("native-good");
    Candidate failed =
        selected.report().candidates().stream()
            .filter(candidate -> candidate.id().equals(brokenId))
            .findFirst()
            .orElseThrow();
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    return failed;
  }

  private static Supplier<TransportProvider> throwing(Throwable thrown) {
    return () -> {
      throw Raise.anything(thrown);
    };
  }
}
