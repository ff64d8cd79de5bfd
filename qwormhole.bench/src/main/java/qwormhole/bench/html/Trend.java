package qwormhole.bench.html;

import java.util.List;
import java.util.SortedMap;
import java.util.function.DoubleFunction;
import qwormhole.bench.report.Spread;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/**
 * One measure of a row over time.
 *
 * @param row the row, as it was first measured
 * @param values by the run's index; a run that did not measure the row has none
 */
record Trend(SavedRow row, SortedMap<Integer, Spread> values) {
  double highest() {
    return values.values().stream().mapToDouble(Spread::max).max().orElse(0);
  }

  /**
   * The last value and how far it is from the one before. Either may be older than it seems, and is
   * told so: runs need not measure the same rows.
   */
  String latest(List<SavedResult> runs, DoubleFunction<String> words) {
    int run = values.lastKey();
    double last = values.get(run).median();
    String told = words.apply(last);
    if (run < runs.size() - 1) {
      return "%s on %s, not measured since".formatted(told, Numbers.date(runs.get(run).date()));
    }
    SortedMap<Integer, Spread> earlier = values.headMap(run);
    if (earlier.isEmpty()) {
      return runs.size() == 1 ? told : told + ", measured for the first time";
    }
    int before = earlier.lastKey();
    String base = before == run - 1 ? "the run before" : Numbers.date(runs.get(before).date());
    return "%s, %s against %s".formatted(told, change(values.get(before).median(), last), base);
  }

  private static String change(double from, double to) {
    double percent = 100 * (to / from - 1);
    String size = Numbers.plain(Math.abs(percent), 1);
    String sign = size.equals("0") ? "±" : percent < 0 ? "−" : "+";
    return sign + size + " %";
  }
}
