package qwormhole.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import qwormhole.bench.process.FallbackSpec;

/** What failed or was skipped, and why: a line for each failure, and one for each reason to skip. */
final class Unmeasured {
  private static final int NAMED = 4;

  /** Names and pairings of what was skipped for one reason. */
  private record Skipped(List<String> names, Set<String> modes) {
    String told() {
      return names.size() <= NAMED
          ? String.join("; ", names)
          : "%d rows of %s".formatted(names.size(), String.join(", ", modes));
    }
  }

  private final StringBuilder failures = new StringBuilder();
  private final Map<String, Skipped> skipped = new LinkedHashMap<>();

  private Unmeasured() {}

  /** The lines; empty when all was measured. */
  static String of(Result result) {
    Unmeasured lines = new Unmeasured();
    for (Row row : result.rows()) {
      String size = row.spec().size() == 0 ? "" : ", " + row.spec().size() + " B";
      String name = row.workload().id() + " " + row.mode() + size;
      lines.add(row.outcome(), name, row.mode(), row.reason());
    }
    for (Fallback fallback : result.fallbacks()) {
      FallbackSpec spec = fallback.spec();
      String name = "fallback %s, %s killed".formatted(spec.mode(), spec.killed());
      lines.add(fallback.outcome(), name, spec.mode(), fallback.reason());
    }
    return lines.text();
  }

  private void add(Row.Outcome outcome, String name, String mode, String reason) {
    if (outcome == Row.Outcome.SKIPPED) {
      Skipped all =
          skipped.computeIfAbsent(
              reason, why -> new Skipped(new ArrayList<>(), new LinkedHashSet<>()));
      all.names().add(name);
      all.modes().add(mode);
    } else if (outcome == Row.Outcome.FAILED) {
      failures.append(line(outcome, name, reason));
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder(failures);
    skipped.forEach((why, what) -> text.append(line(Row.Outcome.SKIPPED, what.told(), why)));
    return text.toString();
  }

  private static String line(Row.Outcome outcome, String what, String reason) {
    return "%s: %s: %s%n".formatted(outcome.name().toLowerCase(Locale.ROOT), what, reason);
  }
}
