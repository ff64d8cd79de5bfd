package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import qwormhole.bench.saved.SavedRow;
import qwormhole.bench.saved.Setup;

/** Percentile curves: how long the slowest tenth, hundredth, thousandth takes. */
final class Latency implements Section {
  private static final int HEAD = 18;
  private static final int HEIGHT = 260;

  /** From here on a phone has no room for a label at each step. */
  private static final int FEW_STEPS = 5;

  /** From here on no page has. */
  private static final int MANY_STEPS = 7;

  private static final double[] SHOWN = {50, 90, 99, 99.9};

  private final Map<Setup, List<SavedRow>> groups;

  Latency(List<SavedRow> measured) {
    groups = Groups.of(measured, row -> row.latency().isPresent());
  }

  @Override
  public String id() {
    return "latency";
  }

  @Override
  public String title() {
    return "Latency";
  }

  @Override
  public String hint() {
    return "All repeats together; lower is better. To the right is the share of messages that were at least as fast,"
        + " each step a tenth of the rest; upwards is time, each step a factor. Colour is the"
        + " server's transport, dashes are the client's.";
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
      write(new Figure(markup, "latency-" + ++number), group.getKey(), group.getValue());
    }
    markup.close();
  }

  private static void write(Figure figure, Setup setup, List<SavedRow> rows) {
    List<Plot.Line> lines = new ArrayList<>();
    double nines = 0;
    double lowest = Double.MAX_VALUE;
    double highest = 0;
    for (SavedRow row : rows) {
      Histogram histogram = row.latency().orElseThrow();
      nines = Math.max(nines, Math.log10((double) histogram.getTotalCount()));
      lowest = Math.min(lowest, (double) histogram.getMinNonZeroValue());
      highest = Math.max(highest, (double) histogram.getMaxValue());
    }
    // One whole step at least, however few were measured.
    double steps = Math.max(1, Math.ceil(nines));
    DataTable table =
        new DataTable("pairing", "p50", "p90", "p99", "p99.9", "max", "p50/bare", "counted");
    for (int i = 0; i < rows.size(); i++) {
      SavedRow row = rows.get(i);
      Histogram histogram = row.latency().orElseThrow();
      String tone = Tone.of(row.server());
      String dashes = Tone.dashes(row.client());
      String key = "k" + i;
      lines.add(new Plot.Line(tone, dashes, key, points(row.mode(), histogram, steps)));
      table.legend(tone, dashes, key, cells(row, histogram));
    }
    Plot plot =
        new Plot(
            lines,
            Scale.logarithmic(lowest, highest),
            Numbers::nanosTick,
            marks(steps),
            HEAD,
            HEIGHT);
    figure.write(
        Groups.title(setup),
        meaning(rows.get(0).latencyOf()),
        description(rows),
        plot.heightPixels(),
        plot::draw,
        table,
        false);
  }

  private static String meaning(String of) {
    return switch (of) {
      case "roundTrip" -> "from the send to the reply's handler";
      case "oneWay" -> "from the send to the receiver's handler, of sampled messages";
      case "connect" -> "from connect() to ready";
      default -> of;
    };
  }

  private static String description(List<SavedRow> rows) {
    SavedRow best = rows.stream().min((a, b) -> Double.compare(p50(a), p50(b))).orElseThrow();
    return "%d curves that rise to the right. The lowest median is %s with %s. The percentiles are in the table below."
        .formatted(rows.size(), best.mode(), Numbers.nanos(p50(best)));
  }

  private static double p50(SavedRow row) {
    return row.latency().orElseThrow().getValueAtPercentile(50);
  }

  private static String[] cells(SavedRow row, Histogram histogram) {
    List<String> cells = new ArrayList<>(List.of(row.mode()));
    for (double percentile : SHOWN) {
      cells.add(Numbers.nanos(histogram.getValueAtPercentile(percentile)));
    }
    cells.add(Numbers.nanos(histogram.getMaxValue()));
    cells.add(
        row.ratioAgainst("bare")
            .filter(ratio -> !ratio.get("higherIsBetter").asBoolean())
            .map(ratio -> Numbers.ratio(ratio.get("median").asDouble()))
            .orElse(""));
    cells.add(Numbers.whole(histogram.getTotalCount()));
    return cells.toArray(String[]::new);
  }

  /** 0 %, 90 %, 99 % and so on, a step apart. */
  static List<Plot.Mark> marks(double steps) {
    List<Plot.Mark> marks = new ArrayList<>(List.of(new Plot.Mark(0, "0 %")));
    for (int nines = 1; nines < steps; nines++) {
      String label =
          nines == 1 ? "90 %" : "99" + (nines == 2 ? "" : "." + "9".repeat(nines - 2)) + " %";
      // Of many labels every second one will do.
      boolean spare = nines % 2 == 1;
      marks.add(
          new Plot.Mark(
              nines / steps,
              spare && steps >= MANY_STEPS ? "" : label,
              spare && steps >= FEW_STEPS));
    }
    return marks;
  }

  /** Eight values a step, and those that people name as points. */
  private static List<Plot.Point> points(String label, Histogram histogram, double steps) {
    List<Plot.Point> points = new ArrayList<>();
    double last = Math.log10((double) histogram.getTotalCount());
    for (double nines = 0; nines < last; nines += 0.125) {
      points.add(point(histogram, nines, steps, null));
    }
    for (double percentile : SHOWN) {
      double nines = -Math.log10(1 - percentile / 100);
      if (nines <= last) {
        String value = Numbers.nanos(histogram.getValueAtPercentile(percentile));
        String words = label + " p" + Numbers.plain(percentile, 1) + ": " + value;
        points.add(point(histogram, nines, steps, words));
      }
    }
    double max = histogram.getMaxValue();
    points.add(new Plot.Point(last / steps, max, max, max, label + " max: " + Numbers.nanos(max)));
    points.sort((a, b) -> Double.compare(a.at(), b.at()));
    return points;
  }

  private static Plot.Point point(Histogram histogram, double nines, double steps, String words) {
    double value = histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
    return new Plot.Point(nines / steps, value, value, value, words);
  }
}
