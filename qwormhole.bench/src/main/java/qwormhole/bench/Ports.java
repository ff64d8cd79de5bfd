package qwormhole.bench;

/** TCP ports given by users. */
final class Ports {
  private static final int MAX = 65_535;

  private Ports() {}

  /**
   * Refuses what is none.
   *
   * @throws IllegalArgumentException with the option's name and range
   */
  static void check(String option, int port, int min) {
    if (port < min || port > MAX) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(option, min, MAX, port));
    }
  }
}
