package qwormhole.bench.report;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers for people: three digits that matter, a unit, a point as decimal sign. */
public final class Format {
  private Format() {}

  /** A count or rate, such as {@code 29.4 M}. */
  public static String count(double value) {
    if (value >= 999_500) {
      return three(value / 1e6) + " M";
    }
    return value >= 999.5 ? three(value / 1e3) + " k" : three(value);
  }

  /** Nanoseconds as microseconds. */
  public static String micros(long nanos) {
    return three(nanos / 1e3);
  }

  /** A quotient, such as {@code 0.85x}. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2fx", value);
  }

  /** Few digits where they suffice; a dash for what is not known. */
  public static String three(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Both ends of a spread, in the form of one. */
  public static String ends(Spread spread, DoubleFunction<String> form) {
    return form.apply(spread.min()) + ".." + form.apply(spread.max());
  }
}
