package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** What failed or was skipped, and why: rows with the same reason together. */
final class NotMeasured implements Section {
  static final String ID = "not-measured";

  /** So many lines need not be folded. */
  private static final int FEW = 3;

  /** Why, and whose numbers are missing for it: pairings by setup. */
  private record Missing(String outcome, String reason, Map<String, List<String>> rows) {
    int count() {
      return rows.values().stream().mapToInt(List::size).sum();
    }
  }

  private final Map<String, Missing> missing = new LinkedHashMap<>();

  NotMeasured(SavedResult result) {
    add(result, "failed", true);
    add(result, "skipped", false);
  }

  private void add(SavedResult result, String outcome, boolean failed) {
    for (SavedRow row : result.rows()) {
      if (!row.isMeasured() && row.isFailed() == failed) {
        add(outcome, row.reason(), Groups.title(row.setup()), row.mode());
      }
    }
    result.fallbacks().stream()
        .filter(fallback -> !fallback.isMeasured() && fallback.isFailed() == failed)
        .forEach(fallback -> add(outcome, fallback.reason(), "fallback", fallback.title()));
  }

  private void add(String outcome, String reason, String setup, String pairing) {
    missing
        .computeIfAbsent(
            outcome + ' ' + reason, key -> new Missing(outcome, reason, new LinkedHashMap<>()))
        .rows()
        .computeIfAbsent(setup, key -> new ArrayList<>())
        .add(pairing);
  }

  @Override
  public String id() {
    return ID;
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
    return missing.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "card reasons");
    for (Missing one : missing.values()) {
      String count = one.count() + " " + one.outcome();
      markup.element("h3", count, "class", one.outcome()).element("p", one.reason());
      if (one.rows().size() > FEW) {
        markup
            .open("details")
            .element("summary", "Which ones", "aria-label", "Which ones: " + count);
        write(markup, one.rows());
        markup.close();
      } else {
        write(markup, one.rows());
      }
    }
    markup.close();
  }

  private static void write(Markup markup, Map<String, List<String>> rows) {
    markup.open("ul");
    rows.forEach(
        (setup, pairings) ->
            markup.open("li").element("b", setup).text(": " + String.join("; ", pairings)).close());
    markup.close();
  }
}
