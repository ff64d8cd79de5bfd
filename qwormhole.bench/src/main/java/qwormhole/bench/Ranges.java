package qwormhole.bench;

/** Numbers given by users. */
final class Ranges {
  private static final int MAX_PORT = 65_535;

  private Ranges() {}

  /**
   * Refuses what is out of range.
   *
   * @throws IllegalArgumentException with the option's name and range
   */
  static void check(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(option, min, max, value));
    }
  }

  /** Refuses what is no TCP port. */
  static void checkPort(String option, int port, int min) {
    check(option, port, min, MAX_PORT);
  }
}
