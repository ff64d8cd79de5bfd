package qwormhole.bench;

/** What the process ends with; listed in {@code --help}. */
final class ExitCodes {
  /** All rows were measured, or skipped with a reason. */
  static final int OK = 0;

  /** A row failed, an echo did not come back, or a file could not be written. */
  static final int FAILED = 1;

  /** The command line was wrong; nothing was run. */
  static final int USAGE = 2;

  /** A required transport cannot work. */
  static final int UNAVAILABLE = 3;

  /** The bench at the other end is of another version. */
  static final int VERSION = 4;

  /** Two results have no row in common. */
  static final int NOTHING_TO_COMPARE = 5;

  private ExitCodes() {}
}
