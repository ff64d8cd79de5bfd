package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** What failed or was skipped, and why: rows with the same reason together. */
final class NotMeasured implements Section {
  private final Map<String, List<String>> failed = new LinkedHashMap<>();
  private final Map<String, List<String>> skipped = new LinkedHashMap<>();

  NotMeasured(SavedResult result) {
    for (SavedRow row : result.rows()) {
      if (!row.isMeasured()) {
        add(row.isFailed() ? failed : skipped, row.reason(), row.name());
      }
    }
    result.fallbacks().stream()
        .filter(fallback -> !fallback.isMeasured())
        .forEach(
            fallback ->
                add(
                    fallback.isFailed() ? failed : skipped,
                    fallback.reason(),
                    "fallback " + fallback.title()));
  }

  private static void add(Map<String, List<String>> to, String reason, String row) {
    to.computeIfAbsent(reason, key -> new ArrayList<>()).add(row);
  }

  @Override
  public String id() {
    return "not-measured";
  }

  @Override
  public String title() {
    return "Not measured";
  }

  @Override
  public String hint() {
    return "Failed rows ran and went wrong. Skipped ones need something that was not there.";
  }

  @Override
  public boolean isEmpty() {
    return failed.isEmpty() && skipped.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    DataTable table = new DataTable("outcome", "reason", "rows that it concerns");
    failed.forEach((reason, rows) -> add(table, "failed", reason, rows));
    skipped.forEach((reason, rows) -> add(table, "skipped", reason, rows));
    markup.open("div", "class", "card");
    table.write(markup, "Rows that were not measured");
    markup.close();
  }

  private static void add(DataTable table, String outcome, String reason, List<String> rows) {
    table.words(outcome, reason, rows.size() + ": " + String.join("; ", rows));
  }
}
