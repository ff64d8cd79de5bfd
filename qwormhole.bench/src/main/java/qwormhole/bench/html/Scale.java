package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie between the two ends of an axis.
 *
 * @param min the lower end
 * @param max the upper end, above it
 * @param logarithmic whether equal factors are equally far apart; both ends are positive then
 */
record Scale(double min, double max, boolean logarithmic) {
  private static final int WANTED_TICKS = 4;

  /** From nothing to a round number that is not below {@code max}. */
  static Scale fromZero(double max) {
    double top = max > 0 ? max : 1;
    double step = step(top / WANTED_TICKS);
    return new Scale(0, Math.ceil(top / step - 1e-9) * step, false);
  }

  /** Between two positive ends, each rounded outwards to 1, 2 or 5 of its decade. */
  static Scale logarithmic(double min, double max) {
    double low = min > 0 ? min : 1;
    double high = Math.max(max, low);
    double bottom = 1 / step(1 / low);
    double top = step(high);
    return new Scale(bottom, top > bottom ? top : bottom * 10, true);
  }

  /** 1, 2 or 5 times a power of ten, not below the value. */
  private static double step(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 2, 5}) {
      if (value <= factor * decade * (1 + 1e-9)) {
        return factor * decade;
      }
    }
    return 10 * decade;
  }

  /** 0 at the lower end, 1 at the upper one, and not beyond either. */
  double at(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
            : (value - min) / (max - min);
    return Math.max(0, Math.min(1, share));
  }

  /** The position as SVG wants it. */
  String percent(double value) {
    return percentOf(at(value));
  }

  /** A share of one as SVG wants it. */
  static String percentOf(double share) {
    return Numbers.plain(100 * share, 3) + "%";
  }

  /** Round values from end to end; between the ends of a wide logarithmic axis, its decades. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      boolean wide = max / min > 500;
      for (double decade = Math.pow(10, Math.floor(Math.log10(min))); decade <= max; decade *= 10) {
        for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
          double tick = factor * decade;
          if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) {
            ticks.add(tick);
          }
        }
      }
      if (ticks.get(0) > min * (1 + 1e-9)) {
        ticks.add(0, min);
      }
      if (ticks.get(ticks.size() - 1) < max * (1 - 1e-9)) {
        ticks.add(max);
      }
    } else {
      double step = step((max - min) / WANTED_TICKS);
      for (int i = 0; min + i * step <= max * (1 + 1e-9); i++) {
        ticks.add(min + i * step);
      }
    }
    return ticks;
  }
}
