package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** A row over time. */
  private record Trend(SavedRow row, Map<Integer, Spread> values) {
    double highest() {
      return values.values().stream().mapToDouble(Spread::max).max().orElse(0);
    }
  }

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
              .computeIfAbsent(row.name(), name -> new Trend(row, new LinkedHashMap<>()))
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
    for (Map.Entry<String, Trend> trend : trends.entrySet()) {
      write(new Figure(markup, id + "-" + ++number), trend.getKey(), trend.getValue());
    }
    markup.close();
  }

  private void write(Figure figure, String name, Trend trend) {
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
    Plot.Line line = new Plot.Line(Tone.of(trend.row().server()), "none", "k0", points);
    Plot plot = new Plot(List.of(line), Scale.fromZero(highest), tick, marks(), HEAD, HEIGHT);
    figure.write(
        name,
        latest(trend),
        "%d points. %s. All numbers are in the table below."
            .formatted(points.size(), latest(trend)),
        plot.heightPixels(),
        plot::draw,
        table,
        true);
  }

  /** The last run and how far it is from the one before. */
  private String latest(Trend trend) {
    List<Spread> values = List.copyOf(trend.values().values());
    double last = values.get(values.size() - 1).median();
    if (values.size() < 2) {
      return words.apply(last);
    }
    double percent = 100 * (last / values.get(values.size() - 2).median() - 1);
    String size = Numbers.plain(Math.abs(percent), 1);
    String sign = size.equals("0") ? "±" : percent < 0 ? "−" : "+";
    return "%s, %s%s %% against the run before".formatted(words.apply(last), sign, size);
  }

  /** All runs are equally far apart, however much time lies between them. */
  private double place(int run) {
    return runs.size() == 1 ? 0.5 : (double) run / (runs.size() - 1);
  }

  private List<Plot.Mark> marks() {
    int last = runs.size() - 1;
    Plot.Mark first = new Plot.Mark(place(0), Numbers.day(runs.get(0).date()));
    return last == 0
        ? List.of(first)
        : List.of(first, new Plot.Mark(1, Numbers.day(runs.get(last).date())));
  }
}
