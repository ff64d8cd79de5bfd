package qwormhole.api.internal.text;

/**
 * Makes text of unknown origin fit for one log line: control and invisible formatting characters
 * are shown as {@code \}{@code uXXXX}, look-up patterns of logging backends are broken up and long
 * text is cut. Escaping what was escaped changes nothing, so it does not matter who escapes first;
 * for that a backslash stays as it is.
 */
public final class SafeText {

  /** How much of what a peer says is shown. */
  public static final int PEER_CHARS = 200;

  /** How long one value may be. */
  public static final int MAX_CHARS = 512;

  /** Room for the note that says how much was cut. */
  private static final int NOTE_CHARS = 32;

  private SafeText() {}

  /** Escapes and cuts to {@link #MAX_CHARS}. */
  public static String of(String untrusted) {
    return of(untrusted, MAX_CHARS);
  }

  /**
   * Escapes and cuts. Works through at most {@code maxChars} characters, however long the text.
   *
   * @param maxChars the longest result, at least 64
   */
  public static String of(String untrusted, int maxChars) {
    if (maxChars < 2 * NOTE_CHARS) {
      throw new IllegalArgumentException("maxChars must be at least 64, was " + maxChars);
    }
    if (untrusted == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder(Math.min(untrusted.length() + 16, maxChars));
    int fits = 0;
    int fitsUpTo = 0;
    for (int i = 0; i < untrusted.length(); ) {
      int point = untrusted.codePointAt(i);
      append(out, point);
      i += Character.charCount(point);
      if (out.length() > maxChars) {
        out.setLength(fits);
        return out.append("...(+")
            .append(untrusted.length() - fitsUpTo)
            .append(" chars)")
            .toString();
      }
      if (out.length() <= maxChars - NOTE_CHARS) {
        fits = out.length();
        fitsUpTo = i;
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int point) {
    if (isInvisible(point)) {
      for (char unit : Character.toChars(point)) {
        out.append(String.format("\\u%04x", (int) unit));
      }
    } else if (point == '{' && !out.isEmpty() && out.charAt(out.length() - 1) == '$') {
      out.append("\\{");
    } else {
      out.appendCodePoint(point);
    }
  }

  /** What moves the cursor, reorders or hides text: ESC, CR, LF, bidirectional marks, and so on. */
  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
