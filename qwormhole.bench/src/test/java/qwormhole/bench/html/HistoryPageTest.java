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
    SavedResult other =
        SampleFile.streams("lws:lws", 1, 2).dated("2026-02-02T00:00:00Z").read(folder, "b.json");
    String page =
        HistoryPage.of(
            List.of(
                run("a.json", "2026-02-01T00:00:00Z", 100),
                other,
                run("c.json", "2026-02-03T00:00:00Z", 200)));
    assertThat(page).contains("d=\"M0 500L1000 0\"");
  }

  @Test
  void oneRunIsAPoint() throws IOException {
    assertThat(HistoryPage.of(List.of(run("a.json", "2026-02-01T00:00:00Z", 100))))
        .contains("1 runs")
        .contains("cx=\"55.5%\"");
  }

  private SavedResult run(String name, String date, double rate) throws IOException {
    return SampleFile.streams("java:java", rate, rate).dated(date).read(folder, name);
  }
}
