package qwormhole.bench.report;

import java.util.List;

/**
 * Where a mean lies with a confidence of 95 %: Student's t of some measurements, which need not be
 * many.
 *
 * @param mean the mean of the measurements; for ratios the geometric one
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double mean, double low, double high) {
  /** How an interval of ratios is found, as the JSON names it. */
  public static final String RATIO_METHOD = "Student's t of the logarithms of paired ratios";

  /** How sure. */
  public static final double CONFIDENCE = 0.95;

  /** The 97.5th percentiles of Student's t for 1 to 30 degrees of freedom. */
  private static final double[] T = {
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788,
    2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639,
    2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423
  };

  private static final double NORMAL = 1.959964;

  /** Of positive ratios, by their logarithms; null for fewer than two. */
  public static Interval ofRatios(List<Double> ratios) {
    Interval log = of(ratios.stream().mapToDouble(Math::log).toArray());
    return log == null
        ? null
        : new Interval(Math.exp(log.mean), Math.exp(log.low), Math.exp(log.high));
  }

  /** Of measurements; null for fewer than two. */
  public static Interval of(double... values) {
    int count = values.length;
    if (count < 2) {
      return null;
    }
    double mean = 0;
    for (double value : values) {
      mean += value / count;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double half = quantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
    return new Interval(mean, mean - half, mean + half);
  }

  /**
   * The 97.5th percentile of Student's t, for one degree of freedom or more. Beyond the table by the
   * first terms of its expansion, which are right to four digits.
   */
  public static double quantile(int degreesOfFreedom) {
    if (degreesOfFreedom <= T.length) {
      return T[degreesOfFreedom - 1];
    }
    double square = NORMAL * NORMAL;
    double first = NORMAL * (square + 1) / 4;
    double second = NORMAL * (5 * square * square + 16 * square + 3) / 96;
    double inverse = 1.0 / degreesOfFreedom;
    return NORMAL + first * inverse + second * inverse * inverse;
  }
}
