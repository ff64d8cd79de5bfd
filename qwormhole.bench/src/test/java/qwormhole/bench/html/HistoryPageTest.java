package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.bench.saved.SampleFile;
import qwormhole.bench.saved.SavedResult;

class HistoryPageTest {
  @TempDir private Path folder;

  @Test
  void runsAreInTheOrderOfTheirDatesWhateverTheirNames() throws IOException {
    SavedResult last = run("a.json", "2026-03-01T00:00:00Z", 300);
    SavedResult first = run("z.json", "2026-01-31T23:00:00-05:00", 100);
    SavedResult middle = run("m.json", "2026-02-01T05:00:00Z", 200);
    assertThat(HistoryPage.ordered(List.of(last, middle, first)))
        .containsExactly(first, middle, last);
    String page = HistoryPage.of(List.of(last, middle, first));
    assertThat(page)
        .contains("3 runs, 2026-02-01 04:00 UTC to 2026-03-01 00:00 UTC")
        .contains("300, +50 % against the run before");
    // Rising from left to right: a third, two thirds and all of 300.
    assertThat(page).contains("d=\"M0 666.7L500 333.3L1000 0\"");
  }

  @Test
  void aRunWithoutTheRowLeavesItsPlaceEmpty() throws IOException {
    String page =
        HistoryPage.of(
            List.of(
                run("a.json", "2026-02-01T00:00:00Z", 100),
                other("b.json", "2026-02-02T00:00:00Z", 20),
                run("c.json", "2026-02-03T00:00:00Z", 200)));
    assertThat(page)
        .contains("d=\"M0 500L1000 0\"")
        .contains("200, +100 % against 2026-02-01 00:00 UTC")
        .doesNotContain("the run before");
  }

  @Test
  void aRowThatLaterRunsLeftOutSaysSinceWhen() throws IOException {
    String page =
        HistoryPage.of(
            List.of(
                run("a.json", "2026-02-01T00:00:00Z", 100),
                other("b.json", "2026-02-02T00:00:00Z", 20),
                run("c.json", "2026-02-03T00:00:00Z", 200)));
    assertThat(page)
        .contains(
            "<p>" + Numbers.rate(20.0) + " on 2026-02-02 00:00 UTC, not measured since</p>",
            "1 point. ")
        // A point halfway between the first and the last run, though it has no line.
        .contains("cx=\"57%\"");
  }

  @Test
  void rowsOfTheLastRunComeFirst() throws IOException {
    String page =
        HistoryPage.of(
            List.of(
                run("a.json", "2026-02-01T00:00:00Z", 100),
                other("b.json", "2026-02-02T00:00:00Z", 20)));
    assertThat(page.indexOf(">stream lws:lws, 64\u00A0B<"))
        .isPositive()
        .isLessThan(page.indexOf(">stream java:java, 64\u00A0B<"));
  }

  @Test
  void aRowThatIsNewSaysSo() throws IOException {
    assertThat(
            HistoryPage.of(
                List.of(
                    run("a.json", "2026-02-01T00:00:00Z", 100),
                    other("b.json", "2026-02-02T00:00:00Z", 20))))
        .contains("<p>" + Numbers.rate(20.0) + ", measured for the first time</p>");
  }

  @Test
  void runsOfOneDayAreToldApartByTheHour() throws IOException {
    assertThat(
            HistoryPage.of(
                List.of(
                    run("a.json", "2026-02-01T07:30:00Z", 100),
                    run("b.json", "2026-02-01T09:00:00Z", 100))))
        .contains(">07:30 UTC<", ">09:00 UTC<")
        .doesNotContain(">2026-02-01<");
  }

  @Test
  void oneRunIsAPoint() throws IOException {
    assertThat(HistoryPage.of(List.of(run("a.json", "2026-02-01T00:00:00Z", 100))))
        .contains("1 run, 2026-02-01 00:00 UTC")
        .contains("cx=\"57%\"");
  }

  private SavedResult other(String name, String date, double rate) throws IOException {
    return SampleFile.streams("lws:lws", rate, rate).dated(date).read(folder, name);
  }

  private SavedResult run(String name, String date, double rate) throws IOException {
    return SampleFile.streams("java:java", rate, rate).dated(date).read(folder, name);
  }
}
