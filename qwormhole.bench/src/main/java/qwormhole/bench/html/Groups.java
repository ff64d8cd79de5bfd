package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import qwormhole.bench.saved.SavedRow;
import qwormhole.bench.saved.Setup;

/** Rows of the same setup, which one chart shows. */
final class Groups {
  private Groups() {}

  /** The rows that are wanted, by setup, both in the order of the file. */
  static Map<Setup, List<SavedRow>> of(List<SavedRow> rows, Predicate<SavedRow> wanted) {
    Map<Setup, List<SavedRow>> groups = new LinkedHashMap<>();
    rows.stream()
        .filter(wanted)
        .forEach(row -> groups.computeIfAbsent(row.setup(), key -> new ArrayList<>()).add(row));
    return groups;
  }

  /** The heading of a chart, such as {@code stream, 64 B, 4 clients}. */
  static String title(Setup setup) {
    return setup.workload() + details(setup);
  }

  /** The name of a row for people, such as {@code stream java:lws, 1 KiB}. */
  static String name(SavedRow row) {
    return row.setup().workload() + " " + row.mode() + details(row.setup()) + row.sendDetail();
  }

  private static String details(Setup setup) {
    String size = setup.size() > 0 ? ", " + Numbers.size(setup.size()) : "";
    return size + (setup.detail().isEmpty() ? "" : ", " + setup.detail());
  }
}
