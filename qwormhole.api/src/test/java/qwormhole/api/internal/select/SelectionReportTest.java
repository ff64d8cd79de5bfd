package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;

class SelectionReportTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 100);
  private final FakeProvider libsocket = FakeProvider.ofNative("libsocket", 50);
  private final Fixture fixture = Fixture.withJavaAnd(lws, libsocket);

  @Test
  void aReportTellsWhatWouldBeUsedAndOpensNothing() {
    lws.unavailable("no library");
    ProviderReport report = fixture.selector().report(Ask.preferNative(Side.CLIENT));
    assertThat(report)
        .isEqualTo(
            new ProviderReport(
                "client",
                "native-libsocket",
                "native is preferred by option preferNative",
                List.of(
                    new Candidate("lws", 100, true, Outcome.FAILED, "no library", null),
                    new Candidate("libsocket", 50, true, Outcome.SELECTED, "fake 1.0", null),
                    new Candidate(
                        "java", 0, false, Outcome.NOT_TRIED, "libsocket came first", null))));
    assertThat(lws.asked).doesNotContain("open");
    assertThat(libsocket.asked).doesNotContain("open");
  }

  @Test
  void theReportOfAnOpenedTransportIsTheSame() {
    lws.unavailable("no library");
    assertThat(fixture.open(Ask.preferNative()).report())
        .isEqualTo(fixture.selector().report(Ask.preferNative()));
  }

  @Test
  void whatWasNotTriedSaysWhy() {
    fixture.with(FakeProvider.withoutNativeCode("nio2", 0));
    assertThat(fixture.candidate(Ask.nothing(), "lws").detail())
        .isEqualTo("native is not preferred");
    assertThat(fixture.candidate(Ask.preferNative(), "nio2").detail())
        .isEqualTo("its priority is not above that of java, and nobody named it");
    assertThat(fixture.candidate(Ask.require("lws"), "java").detail())
        .isEqualTo("only lws was asked for");
    assertThat(fixture.candidate(Ask.require("unknown"), "lws").detail())
        .isEqualTo("nothing was tried");
  }

  @Test
  void aReportNeverThrows() {
    ProviderReport unknown = fixture.selector().report(Ask.named("lvs"));
    assertThat(unknown.mode()).isEqualTo("java");
    assertThat(unknown.rule())
        .isEqualTo(
            "option preferredBackend=lvs names no known provider; known are [java, libsocket, lws]");
    assertThat(fixture.warnings()).isEmpty();
    ProviderReport nothing = new Fixture().selector().report(Ask.nothing());
    assertThat(nothing)
        .isEqualTo(new ProviderReport("server", "", "no candidate can be used", List.of()));
  }
}
