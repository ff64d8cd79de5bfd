package qwormhole.bench.html;

import java.util.Comparator;
import java.util.List;
import qwormhole.bench.saved.SavedResult;

/** Many results as a page of how each row changed. */
public final class HistoryPage {
  private HistoryPage() {}

  /** The whole HTML text of at least one result; they may come in any order. */
  public static String of(List<SavedResult> results) {
    List<SavedResult> ordered = ordered(results);
    String first = Numbers.date(ordered.get(0).date());
    String subtitle =
        ordered.size() == 1
            ? "1 run, " + first
            : "%d runs, %s to %s"
                .formatted(
                    ordered.size(), first, Numbers.date(ordered.get(ordered.size() - 1).date()));
    return Page.of(
        "QWormhole bench: history",
        subtitle,
        markup -> {},
        List.of(
            Trends.ofRates(ordered),
            Trends.ofLatencies(ordered),
            Trends.ofCpu(ordered),
            new Runs(ordered)),
        "Made by qwormhole-bench history.");
  }

  /** By the date that is in the file; the file's own times say nothing. */
  static List<SavedResult> ordered(List<SavedResult> results) {
    return results.stream()
        .sorted(Comparator.comparing(SavedResult::date).thenComparing(SavedResult::name))
        .toList();
  }
}
