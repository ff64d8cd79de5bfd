package qwormhole.bench.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import qwormhole.bench.report.Format;
import qwormhole.bench.report.Table;
import qwormhole.bench.saved.SavedFallback;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** A result as Markdown: the conditions, a table of what was measured, a list of what was not. */
public final class MarkdownSheet {
  private MarkdownSheet() {}

  /** The whole text. */
  public static String of(SavedResult result) {
    Table conditions = new Table("condition", "value");
    for (String name : List.of("date", "version", "jvm", "cpu", "cores", "os", "network")) {
      conditions.add(name, result.condition(name));
    }
    StringBuilder text = new StringBuilder(conditions.toMarkdown());
    if (result.interrupted()) {
      text.append("\nThis run was cut short.\n");
    }
    if (!result.measured().isEmpty()) {
      text.append('\n').append(rows(result.measured()).toMarkdown());
    }
    List<SavedFallback> fallbacks =
        result.fallbacks().stream().filter(SavedFallback::isMeasured).toList();
    if (!fallbacks.isEmpty()) {
      text.append('\n').append(fallbacks(fallbacks).toMarkdown());
    }
    Map<String, Integer> reasons = reasons(result);
    if (!reasons.isEmpty()) {
      Table table = new Table("not measured", "rows");
      reasons.forEach((reason, count) -> table.add(reason, String.valueOf(count)));
      text.append('\n').append(table.toMarkdown());
    }
    return text.toString();
  }

  private static Table rows(List<SavedRow> rows) {
    Table table =
        new Table(
            "row",
            "per second",
            "min to max",
            "to bare",
            "95 %",
            "us p50",
            "us p99",
            "CPU ns/msg",
            "allocated B/msg",
            "lost",
            "doubled");
    for (SavedRow row : rows) {
      Optional<Histogram> latency = row.latency();
      table.add(
          row.name(),
          Format.count(row.rate().median()),
          Format.ends(row.rate(), Format::count),
          ratio(row, "/median"),
          interval(row),
          latency.map(all -> Format.micros(all.getValueAtPercentile(50))).orElse(""),
          latency.map(all -> Format.micros(all.getValueAtPercentile(99))).orElse(""),
          sum(row, "/cpuNanosPerMessage/server", "/cpuNanosPerMessage/client"),
          sum(row, "/allocatedBytesPerMessage/server", "/allocatedBytesPerMessage/client"),
          row.countsConnections() ? "" : String.valueOf(row.count("lost")),
          row.countsConnections() ? "" : String.valueOf(row.count("doubled")));
    }
    return table;
  }

  private static Table fallbacks(List<SavedFallback> fallbacks) {
    Table table =
        new Table(
            "transport killed",
            "then",
            "noticed ms",
            "listening again ms",
            "first echo ms",
            "all back ms",
            "sent",
            "received",
            "echoed",
            "unknown",
            "lost",
            "doubled");
    for (SavedFallback fallback : fallbacks) {
      List<String> cells = new ArrayList<>(List.of(fallback.title(), fallback.modeAfter()));
      for (String step :
          List.of("detectNanos", "relistenNanos", "firstEchoNanos", "allEchoNanos")) {
        JsonNode nanos = fallback.json().path(step);
        cells.add(nanos.isNumber() ? Format.three(nanos.asDouble() / 1e6) : "");
      }
      for (String count : List.of("sent", "received", "echoed", "unknown", "lost", "doubled")) {
        cells.add(String.valueOf(fallback.count(count)));
      }
      table.add(cells.toArray(String[]::new));
    }
    return table;
  }

  private static String ratio(SavedRow row, String pointer) {
    return row.ratioAgainst("bare")
        .map(ratio -> ratio.at(pointer))
        .filter(value -> value.isNumber())
        .map(value -> Format.ratio(value.asDouble()))
        .orElse("");
  }

  private static String interval(SavedRow row) {
    String low = ratio(row, "/interval/low");
    return low.isEmpty() ? "" : low + ".." + ratio(row, "/interval/high");
  }

  private static String sum(SavedRow row, String server, String client) {
    double both = DoubleStream.of(row.number(server), row.number(client)).sum();
    return Double.isNaN(both) ? "" : Format.three(both);
  }

  /** Those who skip share their reason; who failed is named. */
  private static Map<String, Integer> reasons(SavedResult result) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (SavedRow row : result.rows()) {
      if (!row.isMeasured()) {
        count(reasons, row.isFailed(), row.name(), row.reason());
      }
    }
    for (SavedFallback fallback : result.fallbacks()) {
      if (!fallback.isMeasured()) {
        count(reasons, fallback.isFailed(), "fallback " + fallback.title(), fallback.reason());
      }
    }
    return reasons;
  }

  private static void count(
      Map<String, Integer> reasons, boolean failed, String name, String reason) {
    reasons.merge(
        failed ? "FAILED: " + name + ": " + reason : "skipped: " + reason, 1, Integer::sum);
  }
}
