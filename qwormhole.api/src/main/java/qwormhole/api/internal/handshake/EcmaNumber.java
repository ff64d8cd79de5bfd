package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Numbers as ECMAScript prints them ({@code Number::toString}), so that signatures agree. */
final class EcmaNumber {
  private static final int LONGEST_PLAIN = 21;
  private static final int MOST_LEADING_ZEROS = 6;

  private EcmaNumber() {}

  /** A number as JavaScript's JSON has it; what is not finite is {@code null} there. */
  static String print(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    if (value == 0) {
      return "0"; // also -0
    }
    Decimal decimal = shortest(Math.abs(value));
    return value < 0 ? "-" + layOut(decimal) : layOut(decimal);
  }

  /**
   * Digits without zeros at either end.
   *
   * @param point where the decimal point stands, counted from before the first digit
   */
  private record Decimal(String digits, int point) {
    double value() {
      return Double.parseDouble("0." + digits + "e" + point);
    }
  }

  /** The fewest digits that read back as the value, and of those the nearest. */
  private static Decimal shortest(double value) {
    // Not Double.toString: before JDK 19 it prints more digits than it needs.
    String text = NumberOutput.toString(value, true);
    int exponentAt = text.indexOf('E');
    String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1));
    int pointAt = mantissa.indexOf('.');
    String digits = mantissa.substring(0, pointAt) + mantissa.substring(pointAt + 1);
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    Decimal found = new Decimal(digits.substring(first, end), pointAt + exponent - first);
    return found.digits().length() == 2 ? withOneDigit(found, value) : found;
  }

  /** Java prefers two digits where one would do, such as 4.9E-324 for 5e-324. */
  private static Decimal withOneDigit(Decimal two, double value) {
    int tens = two.digits().charAt(0) - '0';
    boolean up = two.digits().charAt(1) >= '5';
    Decimal nearer = oneDigit(up ? tens + 1 : tens, two.point());
    if (nearer.value() == value) {
      return nearer;
    }
    Decimal farther = oneDigit(up ? tens : tens + 1, two.point());
    return farther.value() == value ? farther : two;
  }

  private static Decimal oneDigit(int digit, int point) {
    return digit == 10 ? new Decimal("1", point + 1) : new Decimal(String.valueOf(digit), point);
  }

  private static String layOut(Decimal decimal) {
    String digits = decimal.digits();
    int point = decimal.point();
    if (digits.length() <= point && point <= LONGEST_PLAIN) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= LONGEST_PLAIN) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-MOST_LEADING_ZEROS < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }
}
