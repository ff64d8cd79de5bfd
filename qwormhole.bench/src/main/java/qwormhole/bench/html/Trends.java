package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import qwormhole.bench.report.Spread;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/**
 * One measure of every row over all runs: a small chart for each row, all of one setup on the same
 * scale.
 */
final class Trends implements Section {
  private static final int HEAD = 10;
  private static final int HEIGHT = 110;

  private final String id;
  private final String title;
  private final String hint;
  private final List<SavedResult> runs;
  private final DoubleFunction<String> words;
  private final DoubleFunction<String> tick;
  private final Map<String, Trend> trends = new LinkedHashMap<>();

  private Trends(
      String id,
      String title,
      String hint,
      List<SavedResult> runs,
      DoubleFunction<String> words,
      DoubleFunction<String> tick,
      Function<SavedRow, double[]> measure) {
    this.id = id;
    this.title = title;
    this.hint = hint;
    this.runs = runs;
    this.words = words;
    this.tick = tick;
    for (int run = 0; run < runs.size(); run++) {
      for (SavedRow row : runs.get(run).measured()) {
        double[] values = measure.apply(row);
        if (values.length > 0) {
          trends
              .computeIfAbsent(row.name(), name -> new Trend(row, new TreeMap<>()))
              .values()
              .putIfAbsent(run, Spread.of(values));
        }
      }
    }
  }

  static Trends ofRates(List<SavedResult> runs) {
    return new Trends(
        "throughput",
        "Throughput",
        "Messages, or connections, in a second. The line is the median of the repeats, the band their"
            + " ends. More is better.",
        runs,
        Numbers::rate,
        Numbers::tick,
        row -> row.perRepeat("/perSecond"));
  }

  static Trends ofLatencies(List<SavedResult> runs) {
    return new Trends(
        "latency",
        "Latency, p50",
        "The median latency of each repeat. Less is better.",
        runs,
        Numbers::nanos,
        Numbers::nanosTick,
        row ->
            row.latencies().stream()
                .mapToDouble(histogram -> histogram.getValueAtPercentile(50))
                .toArray());
  }

  static Trends ofCpu(List<SavedResult> runs) {
    return new Trends(
        "cpu",
        "CPU per message",
        "Processor time of both processes. Less is better.",
        runs,
        Numbers::nanos,
        Numbers::nanosTick,
        row -> {
          double both =
              row.number("/cpuNanosPerMessage/server") + row.number("/cpuNanosPerMessage/client");
          return Double.isNaN(both) ? new double[0] : new double[] {both};
        });
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String hint() {
    return hint;
  }

  @Override
  public boolean isEmpty() {
    return trends.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "grid3");
    int number = 0;
    for (boolean current : new boolean[] {true, false}) {
      for (Trend trend : trends.values()) {
        if (isCurrent(trend) == current) {
          write(new Figure(markup, id + "-" + ++number), trend);
        }
      }
    }
    markup.close();
  }

  /** Whether the last run has it: the others come behind. */
  private boolean isCurrent(Trend trend) {
    return trend.values().lastKey() == runs.size() - 1;
  }

  private void write(Figure figure, Trend trend) {
    double highest =
        trends.values().stream()
            .filter(other -> other.row().setup().equals(trend.row().setup()))
            .mapToDouble(Trend::highest)
            .max()
            .orElseThrow();
    List<Plot.Point> points = new ArrayList<>();
    DataTable table = new DataTable("run", "median", "min to max");
    trend
        .values()
        .forEach(
            (run, value) -> {
              String date = Numbers.date(runs.get(run).date());
              String median = words.apply(value.median());
              points.add(
                  new Plot.Point(
                      place(run), value.median(), value.min(), value.max(), date + ": " + median));
              table.row(date, median, words.apply(value.min()) + " to " + words.apply(value.max()));
            });
    String latest = trend.latest(runs, words);
    Plot.Line line = new Plot.Line(Tone.of(trend.row().server()), "none", "k0", points);
    Plot plot = new Plot(List.of(line), Scale.fromZero(highest), tick, marks(), HEAD, HEIGHT);
    figure.write(
        Groups.name(trend.row()),
        latest,
        "%s. %s. All numbers are in the table below."
            .formatted(points.size() == 1 ? "1 point" : points.size() + " points", latest),
        plot.heightPixels(),
        plot::draw,
        table,
        true);
  }

  /** All runs are equally far apart, however much time lies between them. */
  private double place(int run) {
    return runs.size() == 1 ? 0.5 : (double) run / (runs.size() - 1);
  }

  private List<Plot.Mark> marks() {
    int last = runs.size() - 1;
    String first = Numbers.day(runs.get(0).date());
    if (last == 0) {
      return List.of(new Plot.Mark(place(0), first));
    }
    String latest = Numbers.day(runs.get(last).date());
    return first.equals(latest)
        ? List.of(
            mark(0, Numbers.time(runs.get(0).date())),
            mark(last, Numbers.time(runs.get(last).date())))
        : List.of(mark(0, first), mark(last, latest));
  }

  private Plot.Mark mark(int run, String label) {
    return new Plot.Mark(place(run), label);
  }
}
