package qwormhole.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.process.Half;
import qwormhole.bench.process.RoundReport;

/** Groups of columns that several tables have in common: titles, and the cells of a row. */
record Columns(List<String> titles, Function<Row, List<String>> cells) {

  static Columns of(String title, Function<Row, String> cell) {
    return new Columns(List.of(title), row -> List.of(cell.apply(row)));
  }

  /** Puts the groups side by side. */
  static Table table(List<Row> rows, Columns... groups) {
    Table table =
        new Table(Stream.of(groups).flatMap(g -> g.titles.stream()).toArray(String[]::new));
    for (Row row : rows) {
      table.add(Stream.of(groups).flatMap(g -> g.cells.apply(row).stream()).toArray(String[]::new));
    }
    return table;
  }

  /** The pairing, under the workload's name. */
  static Columns mode(String title) {
    return of(title, Row::mode);
  }

  /** Median, and both ends where there is more than one repeat. */
  static Columns rate(String title) {
    return new Columns(
        List.of(title, "min..max"),
        row -> {
          Spread rate = Spread.of(row.rounds(), RoundReport::rate);
          return List.of(Format.count(rate.median()), Format.ends(rate, Format::count));
        });
  }

  /** Percentiles in microseconds. */
  static Columns percentiles(String prefix, Function<RoundReport, Histogram> which) {
    List<Double> wanted = List.of(50.0, 90.0, 99.0, 99.9, 100.0);
    return new Columns(
        List.of(prefix + " p50", "p90", "p99", "p99.9", "max"),
        row -> {
          Optional<Histogram> histogram = PerMessage.merged(row, which);
          return wanted.stream()
              .map(p -> histogram.map(h -> Format.micros(h.getValueAtPercentile(p))).orElse(""))
              .toList();
        });
  }

  /** Against the bare pair and against java:java: the median, and the interval of 95 %. */
  static Columns ratios(String prefix) {
    return new Columns(
        List.of(prefix + "x bare", "95 %", prefix + "x java:java", "95 %"),
        row -> {
          List<String> cells = new ArrayList<>();
          for (String against : List.of(SideSpec.BARE, "java:java")) {
            Optional<Ratio> ratio = row.ratio(against);
            cells.add(ratio.map(r -> Format.ratio(r.spread().median())).orElse(""));
            cells.add(
                ratio
                    .map(Ratio::interval)
                    .map(i -> Format.ratio(i.low()) + ".." + Format.ratio(i.high()))
                    .orElse(""));
          }
          return cells;
        });
  }

  /** A property of the server and of the client. */
  static Columns sides(String title, SideProperty property, DoubleFunction<String> form) {
    return new Columns(
        List.of(title + " srv", "cli"),
        row ->
            List.of(
                form.apply(property.of(row, RoundReport::server)),
                form.apply(property.of(row, RoundReport::client))));
  }

  /** Processors that other processes kept busy. */
  static Columns neighbours() {
    return of("others' CPUs", row -> Format.three(PerMessage.neighbours(row)));
  }

  /** A number that each side has. */
  @FunctionalInterface
  interface SideProperty {
    double of(Row row, Function<RoundReport, Half> side);
  }
}
