package qwormhole.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle and the ends of some measurements. */
public record Spread(double median, double min, double max) {

  /** Of at least one value; the median of an even number is the mean of the two in the middle. */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Of one property of some things. */
  public static <T> Spread of(List<T> things, ToDoubleFunction<T> property) {
    return of(things.stream().mapToDouble(property).toArray());
  }
}
