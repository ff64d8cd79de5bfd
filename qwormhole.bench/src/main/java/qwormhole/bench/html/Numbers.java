package qwormhole.bench.html;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import qwormhole.bench.report.Format;

/** Numbers with units, for people. */
final class Numbers {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB"};

  private Numbers() {}

  /** At most so many digits behind the point, and none that say nothing. */
  static String plain(double value, int digits) {
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** A moment, to the minute. */
  static String date(Instant moment) {
    return DATE.format(moment);
  }

  /** A moment, to the day. */
  static String day(Instant moment) {
    return DATE.format(moment).substring(0, 10);
  }

  /** The time of a day, to the minute. */
  static String time(Instant moment) {
    return DATE.format(moment).substring(11);
  }

  /** A count, in thousands or millions; a small one has nothing behind the point. */
  static String rate(long value) {
    return value < 1_000 ? String.valueOf(value) : rate((double) value);
  }

  /** Messages or connections in a second. */
  static String rate(double value) {
    return value == 0 ? "0" : Format.count(value);
  }

  /** A duration in the unit that suits it. */
  static String nanos(long nanos) {
    return nanos((double) nanos);
  }

  /** A duration in the unit that suits it. */
  static String nanos(double nanos) {
    if (Double.isNaN(nanos)) {
      return "-";
    }
    if (nanos < 999.5) {
      return Format.three(nanos) + " ns";
    }
    if (nanos < 999.5e3) {
      return Format.three(nanos / 1e3) + " µs";
    }
    return nanos < 999.5e6 ? Format.three(nanos / 1e6) + " ms" : Format.three(nanos / 1e9) + " s";
  }

  /** A quotient. */
  static String ratio(double value) {
    return Format.three(value) + "×";
  }

  /** Bytes in the unit that suits them, thousands and not 1024s. */
  static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "-";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
      value /= 1_000;
      unit++;
    }
    return Format.three(value) + " " + BYTE_UNITS[unit];
  }

  /**
   * The size of a message: exact where it is a power of two, such as {@code 64 KiB}. No line ends
   * before the unit.
   */
  static String size(long bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "\u00A0MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0
        ? (bytes >> 10) + "\u00A0KiB"
        : bytes + "\u00A0B";
  }

  /** A whole number with its thousands apart. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202F');
  }

  /** An axis label: the value without digits that say nothing. */
  static String tick(double value) {
    if (value >= 1e9) {
      return plain(value / 1e9, 2) + " G";
    }
    if (value >= 1e6) {
      return plain(value / 1e6, 2) + " M";
    }
    return value >= 1e3 ? plain(value / 1e3, 2) + " k" : plain(value, 2);
  }

  /** An axis label of a duration. */
  static String nanosTick(double nanos) {
    if (nanos >= 1e9) {
      return plain(nanos / 1e9, 2) + " s";
    }
    if (nanos >= 1e6) {
      return plain(nanos / 1e6, 2) + " ms";
    }
    if (nanos >= 1e3) {
      return plain(nanos / 1e3, 2) + " µs";
    }
    return nanos == 0 ? "0" : plain(nanos, 2) + " ns";
  }
}
