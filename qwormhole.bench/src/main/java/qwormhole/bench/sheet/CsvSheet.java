package qwormhole.bench.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.saved.SavedFallback;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/**
 * A result as CSV (RFC 4180, with a line of titles): a line for each row, or for each fallback where
 * there are these; numbers in plain units, an empty cell for what is not known.
 */
public final class CsvSheet {
  /** Columns and where a row has them; what has spaces in the result's own words stays one cell. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    for (String name :
        List.of(
            "workload",
            "mode",
            "server",
            "client",
            "size",
            "clients",
            "depth",
            "send",
            "signed",
            "resume",
            "tls",
            "skipped",
            "failed",
            "reason",
            "repeats",
            "sent",
            "received",
            "decoded",
            "lost",
            "doubled")) {
      COLUMNS.put(name, "/" + name);
    }
    spread("messagesPerSecond");
    spread("bytesPerSecond");
    spread("connectionsPerSecond");
    COLUMNS.put("latencyOf", "/latencyNanos/of");
    for (String percentile : List.of("p50", "p90", "p99", "p99.9", "max")) {
      COLUMNS.put("latencyNanos." + percentile, "/latencyNanos/" + percentile);
    }
    sides("cpuNanosPerMessage", "");
    sides("allocatedBytesPerMessage", "");
    sides("heapBytesPerConnection", "");
    sides("rssBytesPerConnection", "");
    sides("gc", "/count");
    sides("gc", "/millis");
    sides("writes", "/bytesPerCall");
    sides("writes", "/messagesPerCall");
    sides("backpressure", "/events");
    sides("backpressure", "/refused");
    COLUMNS.put("otherProcessesCpus", "/otherProcessesCpus");
  }

  private static final List<String> FALLBACK_COLUMNS =
      List.of(
          "mode",
          "killed",
          "server",
          "client",
          "size",
          "clients",
          "resume",
          "skipped",
          "failed",
          "reason",
          "modeAfter",
          "detectNanos",
          "relistenNanos",
          "firstEchoNanos",
          "allEchoNanos",
          "sent",
          "received",
          "echoed",
          "unknown",
          "lost",
          "doubled");

  private CsvSheet() {}

  private static void spread(String name) {
    for (String part : List.of("median", "min", "max")) {
      COLUMNS.put(name + "." + part, "/" + name + "/" + part);
    }
  }

  private static void sides(String name, String member) {
    for (String side : List.of("server", "client")) {
      COLUMNS.put(name + "." + side + member.replace('/', '.'), "/" + name + "/" + side + member);
    }
  }

  /** The whole text. */
  public static String of(SavedResult result) {
    return result.rows().isEmpty() && !result.fallbacks().isEmpty()
        ? fallbacks(result)
        : rows(result);
  }

  private static String fallbacks(SavedResult result) {
    StringBuilder text = new StringBuilder();
    line(text, FALLBACK_COLUMNS);
    for (SavedFallback fallback : result.fallbacks()) {
      line(text, FALLBACK_COLUMNS.stream().map(name -> text(fallback.json().path(name))).toList());
    }
    return text.toString();
  }

  private static String rows(SavedResult result) {
    List<String> titles = new ArrayList<>(COLUMNS.keySet());
    titles.addAll(
        List.of("ratioToBare.of", "ratioToBare.median", "ratioToBare.low", "ratioToBare.high"));
    StringBuilder text = new StringBuilder();
    line(text, titles);
    result.rows().forEach(row -> line(text, cells(row)));
    return text.toString();
  }

  private static List<String> cells(SavedRow row) {
    List<String> cells = new ArrayList<>();
    COLUMNS.values().forEach(pointer -> cells.add(text(row.json().at(pointer))));
    JsonNode ratio = row.ratioAgainst("bare").orElse(row.json().path("none"));
    for (String pointer : List.of("/of", "/median", "/interval/low", "/interval/high")) {
      cells.add(text(ratio.at(pointer)));
    }
    return cells;
  }

  /** A spreadsheet would take text with one of these before it for a formula. */
  private static String text(JsonNode value) {
    String text = value.asText();
    boolean formula =
        value.isTextual() && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return value.isNull() ? "" : formula ? "'" + text : text;
  }

  private static void line(StringBuilder text, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    text.append("\r\n");
  }

  static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
