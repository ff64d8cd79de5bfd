package qwormhole.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/**
 * A result against an earlier one, row by row.
 *
 * @param changes every metric of every row that both measured, and rows that failed since
 * @param missing rows that only one of them measured, and why as far as that is known
 * @param differences conditions and settings that are not alike: the numbers compare less, or not at all
 */
public record Comparison(List<Change> changes, List<String> missing, List<String> differences) {
  private static final List<String> CONDITIONS =
      List.of("cpu", "cores", "os", "jvm", "jvmFlags", "network", "version");

  /** Those that no row is named by, though its numbers depend on them. */
  private static final List<String> SETTINGS = List.of("messages", "seconds", "warmupSeconds");

  public Comparison {
    changes = List.copyOf(changes);
    missing = List.copyOf(missing);
    differences = List.copyOf(differences);
  }

  /**
   * Compares.
   *
   * @param threshold the change that still passes, such as 0.1
   */
  public static Comparison of(
      SavedResult base, SavedResult now, Set<Metric> metrics, double threshold) {
    Map<String, SavedRow> before = byName(base);
    Map<String, SavedRow> after = byName(now);
    List<Change> changes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    before.forEach(
        (name, row) -> {
          SavedRow match = after.get(name);
          if (row.isMeasured() && match == null) {
            missing.add(name + ": not in " + now.name());
          } else if (row.isMeasured() && match.isSkipped()) {
            missing.add(name + ": skipped in " + now.name() + ": " + match.reason());
          } else if (row.isMeasured() && match.isFailed()) {
            changes.add(Change.failed(match));
          } else if (row.isMeasured()) {
            changes.addAll(compare(row, match, metrics, threshold));
          }
        });
    after.forEach(
        (name, row) -> {
          if (row.isMeasured() && (!before.containsKey(name) || !before.get(name).isMeasured())) {
            missing.add(name + ": not measured in " + base.name());
          }
        });
    return new Comparison(changes, missing, differences(base, now));
  }

  private static List<Change> compare(
      SavedRow before, SavedRow now, Set<Metric> metrics, double threshold) {
    return new TreeSet<>(metrics)
        .stream()
            .filter(metric -> metric.values(before).length > 0 && metric.values(now).length > 0)
            .map(metric -> Change.of(before, now, metric, threshold))
            .toList();
  }

  /** The same setup run twice in a result is told apart by a number. */
  private static Map<String, SavedRow> byName(SavedResult result) {
    Map<String, SavedRow> rows = new LinkedHashMap<>();
    for (SavedRow row : result.rows()) {
      String name = row.name();
      for (int again = 2; rows.containsKey(name); again++) {
        name = row.name() + " #" + again;
      }
      rows.put(name, row);
    }
    return rows;
  }

  private static List<String> differences(SavedResult base, SavedResult now) {
    List<String> differences = new ArrayList<>();
    for (String name : CONDITIONS) {
      note(differences, name, base.condition(name), now.condition(name));
    }
    for (String name : SETTINGS) {
      note(differences, name, setting(base, name), setting(now, name));
    }
    return differences;
  }

  private static String setting(SavedResult result, String name) {
    JsonNode value = result.document().get("settings").path(name);
    return value.isNull() ? "none" : value.asText();
  }

  private static void note(List<String> differences, String name, String before, String after) {
    if (!before.equals(after)) {
      differences.add("%s: %s, now %s".formatted(name, before, after));
    }
  }

  /** Whether any row was measured by both, or failed since. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Whether the gate is shut. */
  public boolean hasRegressions() {
    return changes.stream().anyMatch(change -> change.verdict().isRegression());
  }
}
