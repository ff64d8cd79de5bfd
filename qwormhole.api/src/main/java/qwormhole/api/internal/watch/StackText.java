package qwormhole.api.internal.watch;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qwormhole.api.internal.text.SafeText;

/** Where a thread is, in one line: the innermost frame, and the next ones that are not the JDK's. */
final class StackText {
  private static final String CORE = "qwormhole.api.internal.";
  private static final int FRAMES = 4;
  private static final int MAX_CHARS = 400;

  private StackText() {}

  static String of(Thread thread) {
    return thread.isAlive() ? of(thread.getStackTrace()) : "(the thread has ended)";
  }

  static String of(StackTraceElement... stack) {
    if (stack.length == 0) {
      return "(no stack)";
    }
    Stream<StackTraceElement> others =
        Arrays.stream(stack, 1, stack.length).filter(frame -> !isOfTheJdk(frame.getClassName()));
    return SafeText.of(
        Stream.concat(Stream.of(stack[0]), others)
            .limit(FRAMES)
            .map(StackText::text)
            .collect(Collectors.joining(" < ")),
        MAX_CHARS);
  }

  /**
   * Whether the core has called the application, and it has not returned: a frame further in than the
   * core's first is neither the core's own, nor the JDK's, nor of the provider's package.
   */
  static boolean isInApplication(String provider, StackTraceElement... stack) {
    boolean inCore = false;
    for (int i = stack.length - 1; i >= 0; i--) {
      String type = stack[i].getClassName();
      if (type.startsWith(CORE)) {
        inCore = true;
      } else if (inCore && !isOfTheJdk(type) && !type.startsWith(provider + ".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfTheJdk(String type) {
    return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
  }

  private static String text(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
  }
}
