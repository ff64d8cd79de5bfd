package qwormhole.api.internal.observe;

import qwormhole.api.internal.text.SafeText;

/**
 * Stands in for a throwable whose messages hold text that must be escaped. A clean throwable is
 * logged as it is, since backends print its class by themselves.
 */
final class SafeThrowable extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DEPTH = 12;

  private SafeThrowable(Throwable original, Throwable cause) {
    super(SafeText.of(original.toString()), cause, false, true);
    setStackTrace(original.getStackTrace());
  }

  /** The throwable itself when all its text is clean, else a copy with escaped text. */
  static Throwable of(Throwable original) {
    return original == null || isClean(original, MAX_DEPTH) ? original : copy(original, MAX_DEPTH);
  }

  private static boolean isClean(Throwable throwable, int depth) {
    if (throwable == null) {
      return true;
    }
    String text = String.valueOf(throwable);
    if (depth == 0 || !text.equals(SafeText.of(text))) {
      return false;
    }
    for (Throwable suppressed : throwable.getSuppressed()) {
      if (!isClean(suppressed, depth - 1)) {
        return false;
      }
    }
    return isClean(throwable.getCause(), depth - 1);
  }

  private static Throwable copy(Throwable original, int depth) {
    Throwable cause = original.getCause();
    return new SafeThrowable(original, cause == null || depth == 0 ? null : copy(cause, depth - 1));
  }
}
