package qwormhole.bench.compare;

import qwormhole.bench.report.Interval;
import qwormhole.bench.report.Spread;
import qwormhole.bench.saved.SavedRow;

/**
 * One metric of one row, before and now.
 *
 * @param row the row of the new result
 * @param metric what is compared, or null for a row that failed
 * @param base the median before, NaN for a row that failed
 * @param now the median now
 * @param interval of the ratio, or null when noise is not known
 * @param verdict what it means
 */
record Change(
    SavedRow row, Metric metric, double base, double now, Interval interval, Verdict verdict) {

  /** Compares two measured rows, both with values of the metric. */
  static Change of(SavedRow before, SavedRow row, Metric metric, double threshold) {
    double[] old = metric.comparable(before);
    double[] present = metric.comparable(row);
    double base = Spread.of(metric.values(before)).median();
    double now = Spread.of(metric.values(row)).median();
    if (old.length < 2 || present.length < 2) {
      return new Change(row, metric, base, now, null, Verdict.UNKNOWN);
    }
    Interval interval = Welch.ratio(old, present);
    Verdict verdict = Verdict.of(interval, metric.higherIsBetter(), threshold);
    return new Change(row, metric, base, now, interval, verdict);
  }

  static Change failed(SavedRow row) {
    return new Change(row, null, Double.NaN, Double.NaN, null, Verdict.FAILED);
  }
}
