package qwormhole.bench.compare;

import java.util.stream.DoubleStream;
import qwormhole.bench.report.Interval;

/**
 * Where the ratio of two sets of repeats lies with 95 % confidence: Welch's t of the logarithms, so
 * that twice as fast and half as fast are equally far from no change. The two sets are not paired:
 * they were measured at different times.
 */
final class Welch {
  private Welch() {}

  /**
   * Of new over base, values over 0.
   *
   * @throws IllegalArgumentException with fewer than two values on a side: noise is not known then
   */
  static Interval ratio(double[] base, double[] now) {
    if (base.length < 2 || now.length < 2) {
      throw new IllegalArgumentException("one value has no noise");
    }
    double difference = mean(now) - mean(base);
    double baseError = variance(base) / base.length;
    double nowError = variance(now) / now.length;
    double error = baseError + nowError;
    double reach =
        error == 0
            ? 0
            : Interval.quantile(freedom(baseError, base.length, nowError, now.length))
                * Math.sqrt(error);
    return new Interval(
        Math.exp(difference), Math.exp(difference - reach), Math.exp(difference + reach));
  }

  /** Degrees of freedom, rounded down: the interval is then rather too wide. */
  private static int freedom(double baseError, int bases, double nowError, int nows) {
    double error = baseError + nowError;
    double parts = baseError * baseError / (bases - 1) + nowError * nowError / (nows - 1);
    // A hair more, since four degrees may come out as a little less.
    return (int) Math.max(1, Math.floor(error * error / parts + 1e-9));
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
