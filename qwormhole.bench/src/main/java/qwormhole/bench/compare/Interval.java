package qwormhole.bench.compare;

import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Where the ratio of two sets of repeats lies with 95 % confidence: Welch's t of the logarithms, so
 * that twice as fast and half as fast are equally far from no change. The two sets are not paired:
 * they were measured at different times.
 *
 * @param mean the ratio of the geometric means
 * @param low the lower end
 * @param high the upper end
 */
record Interval(double mean, double low, double high) {
  private static final double UPPER_TAIL = 0.975;

  /**
   * Of new over base, values over 0.
   *
   * @throws IllegalArgumentException with fewer than two values on a side: noise is not known then
   */
  static Interval of(double[] base, double[] now) {
    if (base.length < 2 || now.length < 2) {
      throw new IllegalArgumentException("one value has no noise");
    }
    double difference = mean(now) - mean(base);
    double baseError = variance(base) / base.length;
    double nowError = variance(now) / now.length;
    double error = baseError + nowError;
    if (error == 0) {
      return new Interval(Math.exp(difference), Math.exp(difference), Math.exp(difference));
    }
    double freedom =
        error
            * error
            / (baseError * baseError / (base.length - 1) + nowError * nowError / (now.length - 1));
    double reach =
        new TDistribution(freedom).inverseCumulativeProbability(UPPER_TAIL) * Math.sqrt(error);
    return new Interval(
        Math.exp(difference), Math.exp(difference - reach), Math.exp(difference + reach));
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).map(Math::log).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double squares =
        DoubleStream.of(values).map(value -> Math.log(value) - mean).map(d -> d * d).sum();
    return squares / (values.length - 1);
  }
}
