package qwormhole.bench.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qwormhole.bench.report.Spread;
import qwormhole.bench.saved.SavedRow;
import qwormhole.bench.saved.Setup;

/** Messages, echoes or connections in a second: a chart for each setup, a bar for each pairing. */
final class Throughput implements Section {
  private final Map<Setup, List<SavedRow>> groups;

  Throughput(List<SavedRow> measured) {
    groups = Groups.of(measured, row -> true);
  }

  @Override
  public String id() {
    return "throughput";
  }

  @Override
  public String title() {
    return "Throughput";
  }

  @Override
  public String hint() {
    return "More is better. Pairings are server:client, and colour is the server's transport. A bar is the"
        + " median of the repeats, its whisker the slowest and the fastest one; the dashed line is"
        + " the bare pair of socket loops, where it ran in turn.";
  }

  @Override
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "grid2");
    int number = 0;
    for (Map.Entry<Setup, List<SavedRow>> group : groups.entrySet()) {
      write(new Figure(markup, "throughput-" + ++number), group.getKey(), group.getValue());
    }
    markup.close();
  }

  private static void write(Figure figure, Setup setup, List<SavedRow> rows) {
    String unit = unit(rows.get(0));
    double reference =
        rows.stream()
            .filter(SavedRow::isBare)
            .mapToDouble(row -> row.rate().median())
            .findFirst()
            .orElse(Double.NaN);
    Bars bars = new Bars(rows.stream().map(Throughput::bar).toList(), Numbers::tick, reference);
    figure.write(
        Groups.title(setup),
        unit,
        description(rows, unit),
        bars.heightPixels(),
        bars::draw,
        table(rows, unit),
        true);
  }

  private static String unit(SavedRow row) {
    if (row.countsConnections()) {
      return "connections/s";
    }
    return row.latencyOf().equals("roundTrip") ? "echoes/s" : "messages/s";
  }

  private static Bars.Bar bar(SavedRow row) {
    Spread rate = row.rate();
    String ratio =
        row.ratioAgainst("bare")
            .filter(against -> against.get("higherIsBetter").asBoolean())
            .map(against -> " · " + Numbers.ratio(against.get("median").asDouble()) + " bare")
            .orElse("");
    return new Bars.Bar(
        row.mode(),
        Numbers.rate(rate.median()) + ratio,
        Tone.of(row.server()),
        List.of(rate.median()),
        rate.min(),
        rate.max());
  }

  private static String description(List<SavedRow> rows, String unit) {
    SavedRow best =
        rows.stream()
            .max((a, b) -> Double.compare(a.rate().median(), b.rate().median()))
            .orElseThrow();
    return "%d bars. The longest is %s with %s %s. All numbers are in the table below."
        .formatted(rows.size(), best.mode(), Numbers.rate(best.rate().median()), unit);
  }

  private static DataTable table(List<SavedRow> rows, String unit) {
    boolean bytes = !rows.get(0).countsConnections();
    DataTable table =
        new DataTable(
            "pairing",
            unit,
            "min to max",
            bytes ? "payload/s" : "repeats",
            "to bare, 95 %",
            "to java:java, 95 %");
    for (SavedRow row : rows) {
      Spread rate = row.rate();
      table.row(
          row.mode(),
          Numbers.rate(rate.median()),
          Numbers.rate(rate.min()) + " to " + Numbers.rate(rate.max()),
          bytes
              ? Numbers.bytes(row.number("/bytesPerSecond/median"))
              : String.valueOf(row.count("repeats")),
          ratio(row.ratioAgainst("bare")),
          ratio(row.ratioAgainst("java:java")));
    }
    return table;
  }

  /** The median and the interval; the latter is not there with a single repeat. */
  static String ratio(Optional<JsonNode> ratio) {
    if (ratio.isEmpty()) {
      return "";
    }
    JsonNode interval = ratio.get().get("interval");
    String ends =
        interval.isNull()
            ? ""
            : " (%s to %s)"
                .formatted(
                    Numbers.ratio(interval.get("low").asDouble()),
                    Numbers.ratio(interval.get("high").asDouble()));
    return Numbers.ratio(ratio.get().get("median").asDouble()) + ends;
  }
}
