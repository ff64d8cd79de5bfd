package qwormhole.api.internal.observe;

/**
 * The library's log: the only user of {@link System.Logger}, under the name {@code qwormhole}, so
 * that an application keeps its own backend. Text is escaped and cut on the way; secrets must not
 * be passed at all.
 */
public final class Log {

  /** Looks the backend up when the first line is written, not when the library is loaded. */
  private static final class Holder {
    private static final LogWriter WRITER =
        new LogWriter(System.getLogger("qwormhole"), System::nanoTime);
  }

  private Log() {}

  /** The writer behind these methods, for those who take it as a parameter. */
  public static LogWriter writer() {
    return Holder.WRITER;
  }

  /** Something that somebody should act upon. */
  public static void warn(String text) {
    writer().warn(text, null);
  }

  /** Something that somebody should act upon, with its stack trace. */
  public static void warn(String text, Throwable throwable) {
    writer().warn(text, throwable);
  }

  /** {@link LogWriter#warnOnce}: once in the life of the process. */
  public static void warnOnce(String key, String text) {
    writer().warnOnce(key, text);
  }

  /** {@link LogWriter#warnRepeated}: at most once in ten seconds, with a count. */
  public static void warnRepeated(String key, String text) {
    writer().warnRepeated(key, text);
  }

  /** Something worth knowing. */
  public static void info(String text) {
    writer().info(text, null);
  }

  /** Something worth knowing, with its stack trace. */
  public static void info(String text, Throwable throwable) {
    writer().info(text, throwable);
  }

  /** Detail for those who search. */
  public static void debug(String text) {
    writer().debug(text, null);
  }

  /** Detail for those who search, with its stack trace. */
  public static void debug(String text, Throwable throwable) {
    writer().debug(text, throwable);
  }
}
