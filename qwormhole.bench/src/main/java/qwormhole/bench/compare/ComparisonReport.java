package qwormhole.bench.compare;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.report.Format;
import qwormhole.bench.report.Interval;
import qwormhole.bench.report.Table;

/** A comparison as text: what differs, what changed, and how much did not. */
public final class ComparisonReport {
  private final Comparison comparison;
  private final double threshold;

  /** Of a comparison under this threshold. */
  public ComparisonReport(Comparison comparison, double threshold) {
    this.comparison = comparison;
    this.threshold = threshold;
  }

  /**
   * The whole text.
   *
   * @param all whether changes within noise are listed as well
   * @param markdown whether tables are those of Markdown
   */
  public String text(boolean all, boolean markdown) {
    StringBuilder text = new StringBuilder();
    paragraph(
        text, "The conditions differ, so the numbers may not compare:", comparison.differences());
    List<Change> shown =
        comparison.changes().stream()
            .filter(change -> all || change.verdict() != Verdict.SAME)
            .sorted(Comparator.comparing(Change::verdict))
            .toList();
    if (!shown.isEmpty()) {
      Table table = table(shown);
      text.append(markdown ? table.toMarkdown() : table.toString()).append('\n');
    }
    paragraph(text, "Not compared:", comparison.missing());
    return text.append(summary()).append('\n').toString();
  }

  private static void paragraph(StringBuilder text, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(heading).append("\n\n");
      lines.forEach(line -> text.append("- ").append(line).append('\n'));
      text.append('\n');
    }
  }

  private static Table table(List<Change> changes) {
    Table table = new Table("row", "metric", "base", "new", "ratio", "95 %", "verdict");
    for (Change change : changes) {
      if (change.verdict() == Verdict.FAILED) {
        String reason = change.verdict().word() + ": " + change.row().reason();
        table.add(change.row().name(), "", "", "", "", "", reason);
      } else {
        table.add(
            change.row().name(),
            change.metric().title(),
            change.metric().format(change.base()),
            change.metric().format(change.now()),
            ratio(change),
            interval(change.interval()),
            change.verdict().word());
      }
    }
    return table;
  }

  private static String ratio(Change change) {
    double ratio =
        change.interval() == null ? change.now() / change.base() : change.interval().mean();
    return Double.isFinite(ratio) ? Format.ratio(ratio) : "-";
  }

  private static String interval(Interval interval) {
    return interval == null
        ? "one repeat"
        : Format.ratio(interval.low()) + ".." + Format.ratio(interval.high());
  }

  private String summary() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    comparison.changes().forEach(change -> counts.merge(change.verdict(), 1, Integer::sum));
    int regressions =
        counts.getOrDefault(Verdict.REGRESSION, 0) + counts.getOrDefault(Verdict.FAILED, 0);
    return "%s beyond %s %%; %d worse within it, %d better, %d within noise, %d of unknown noise"
        .formatted(
            regressions == 1 ? "1 regression" : regressions + " regressions",
            Format.three(100 * threshold),
            counts.getOrDefault(Verdict.WORSE, 0),
            counts.getOrDefault(Verdict.BETTER, 0),
            counts.getOrDefault(Verdict.SAME, 0),
            counts.getOrDefault(Verdict.UNKNOWN, 0));
  }
}
