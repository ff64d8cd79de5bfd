package qwormhole.bench;

import java.io.Console;

/** Whether somebody is watching. */
final class Terminal {
  private Terminal() {}

  /** Whether standard input and output are a terminal that understands cursor movements. */
  @SuppressWarnings("SystemConsoleNull") // It is null up to JDK 21.
  static boolean isOne() {
    Console console = System.console();
    String term = System.getenv("TERM");
    if (console == null || term == null || term.equals("dumb")) {
      return false;
    }
    try {
      // From JDK 22 on there is a console always, and this method tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
