package qwormhole.bench.compare;

import java.util.Locale;
import qwormhole.bench.report.Interval;

/** What a change is, in the order of how much it matters. */
enum Verdict {
  /** It ran before and went wrong now. */
  FAILED,
  /** Worse by more than the threshold, at the better end of the interval as well. */
  REGRESSION,
  /** Worse beyond noise, but perhaps by less than the threshold. */
  WORSE,
  /** Better beyond noise. */
  BETTER,
  /** Within noise. */
  SAME,
  /** A single repeat on a side: noise is not known. */
  UNKNOWN;

  /** Whether it is what the gate is there for. */
  boolean isRegression() {
    return this == FAILED || this == REGRESSION;
  }

  static Verdict of(Interval interval, boolean higherIsBetter, double threshold) {
    // Turned so that above 1 is worse.
    double best = higherIsBetter ? 1 / interval.high() : interval.low();
    double worst = higherIsBetter ? 1 / interval.low() : interval.high();
    double limit = higherIsBetter ? 1 / (1 - threshold) : 1 + threshold;
    if (best > limit) {
      return REGRESSION;
    }
    if (best > 1) {
      return WORSE;
    }
    return worst < 1 ? BETTER : SAME;
  }

  String word() {
    return isRegression() ? name() : name().toLowerCase(Locale.ROOT);
  }
}
