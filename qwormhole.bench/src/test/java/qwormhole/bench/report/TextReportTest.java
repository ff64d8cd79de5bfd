package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Workload;

class TextReportTest {

  @Test
  void columnsAreAlignedAndEmptyOnesLeftOut() {
    Table table = new Table("name", "n", "never", "rate");
    table.add("a", "1", "", "2.5");
    table.add("longer", "100", "", "17");
    assertThat(table.toString())
        .isEqualTo(
            """
            name      n  rate
            a         1   2.5
            longer  100    17
            """);
    assertThatThrownBy(() -> table.add("too few")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersStandUnderTheirConditions() {
    Row bare = Samples.row(Workload.STREAM, "bare", List.of(), Samples.stream(2_000_000));
    Ratio ratio =
        Ratio.of(Workload.STREAM, "bare", List.of(Samples.stream(1_500_000)), bare.rounds());
    Row java = Samples.row(Workload.STREAM, "java", List.of(ratio), Samples.stream(1_500_000));
    Row ping = Samples.row(Workload.PINGPONG, "java", List.of(), Samples.ping(16_000));
    Row skipped = Samples.unmeasured(Row.Outcome.SKIPPED, "lws", "no library", null);
    String text = TextReport.of(Samples.result(bare, java, ping, skipped));
    assertThat(text)
        .contains("Some VM 17, Somebody; children with -Xmx256m")
        .contains("2 x Some CPU; Linux 6 amd64; load average 0.25 before")
        .contains("3 repeats in turn, each in new JVMs after 1.00 s of warm-up; seed 7")
        .containsPattern("java:java +64 +1 +send +1.00 k +1.50 M +1.50 M..1.50 M .* 0.75x")
        .containsPattern("java:java +64 +1 +62.5 k +62.5 k..62.5 k +16.0 ")
        .endsWith("skipped: stream lws:java, 64 B: no library\n");
  }

  @Test
  void whatIsSkippedForOneReasonIsToldOnceAndEveryFailureAlone() {
    Row skipped = Samples.unmeasured(Row.Outcome.SKIPPED, "lws", "no library", null);
    Row failed = Samples.unmeasured(Row.Outcome.FAILED, "lws", "it died", null);
    String text =
        TextReport.of(Samples.result(skipped, failed, skipped, skipped, skipped, failed, skipped));
    assertThat(text)
        .endsWith(
            """
            failed: stream lws:java, 64 B: it died
            failed: stream lws:java, 64 B: it died
            skipped: 5 rows of lws:java: no library
            """);
  }

  @ParameterizedTest
  @EnumSource
  void everyWorkloadHasATable(Workload workload) {
    Row row = Samples.row(workload, "java", List.of(), Samples.any(workload));
    String text = TextReport.of(Samples.result(row));
    assertThat(text).contains("\n" + workload.id() + " ").containsPattern("java:java .*1.00 k");
  }

  @Test
  void anInterruptedRunSaysSo() {
    Result whole = Samples.result();
    Result cut = new Result(whole.conditions(), whole.settings(), true, List.of());
    assertThat(TextReport.of(cut)).contains("interrupted");
    assertThat(TextReport.of(whole)).doesNotContain("interrupted");
  }

  @Test
  void whatConnectionsDoBesidesIsSaid() {
    Result plain = Samples.result(Samples.row(Workload.STREAM, "java", List.of(), Samples.ping(1)));
    Result other =
        new Result(
            plain.conditions(),
            Samples.settings(new Features(true, true, true)),
            false,
            plain.rows());
    assertThat(TextReport.of(other)).contains("connections are signed, resumable, encrypted;");
    assertThat(TextReport.of(plain)).doesNotContain("connections are");
  }

  @Test
  void numbersForPeople() {
    assertThat(Format.count(29_437_211)).isEqualTo("29.4 M");
    assertThat(Format.count(999_600)).isEqualTo("1.00 M");
    assertThat(Format.count(79_000)).isEqualTo("79.0 k");
    assertThat(Format.count(999.7)).isEqualTo("1.00 k");
    assertThat(Format.count(12)).isEqualTo("12.0");
    assertThat(Format.micros(15_700)).isEqualTo("15.7");
    assertThat(Format.three(Double.NaN)).isEqualTo("-");
    assertThat(Format.three(0)).isEqualTo("0.00");
    assertThat(Format.three(99.96)).isEqualTo("100");
    assertThat(Format.ratio(0.849)).isEqualTo("0.85x");
  }
}
