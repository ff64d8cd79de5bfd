package qwormhole.api.internal.observe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import qwormhole.api.internal.text.SafeText;

/**
 * Writes to one logger what {@link Log} promises. Every text is escaped and cut here, so that no
 * caller can forget it. Safe for any thread; it never throws, since a broken logging backend must
 * not end the loop that wanted to say something.
 */
public final class LogWriter {
  static final int MAX_LINE_CHARS = 4096;
  private static final int MAX_ONCE_KEYS = 256;

  private final Logger logger;
  private final RepeatFilter repeats;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /**
   * A writer with its own memory of what was said.
   *
   * @param nanoTime the clock by which repeated lines are held back
   */
  public LogWriter(Logger logger, LongSupplier nanoTime) {
    this.logger = logger;
    this.repeats = new RepeatFilter(nanoTime);
  }

  /** One line that somebody should act upon, with the stack trace of the throwable if not null. */
  public void warn(String text, Throwable throwable) {
    write(Level.WARNING, text, throwable);
  }

  /** One line for the interested, with the stack trace of the throwable if not null. */
  public void info(String text, Throwable throwable) {
    write(Level.INFO, text, throwable);
  }

  /** One line for those who search, with the stack trace of the throwable if not null. */
  public void debug(String text, Throwable throwable) {
    write(Level.DEBUG, text, throwable);
  }

  /** Warns the first time that the key is met. Keys are the library's own, few, and kept. */
  public void warnOnce(String key, String text) {
    if (said.contains(key)) {
      return;
    }
    if (said.size() >= MAX_ONCE_KEYS) {
      warnRepeated("once", text);
    } else if (said.add(key)) {
      warn(text, null);
    }
  }

  /**
   * Warns at most once in ten seconds for one key and says how many were held back meanwhile. For
   * causes that a peer can repeat at will: the key names the cause and never holds the peer's text.
   */
  public void warnRepeated(String key, String text) {
    int heldBack = repeats.admit(key);
    if (heldBack == 0) {
      warn(text, null);
    } else if (heldBack > 0) {
      warn(SafeText.of(text, MAX_LINE_CHARS - 64) + " (" + heldBack + " more like this)", null);
    }
  }

  private void write(Level level, String text, Throwable throwable) {
    try {
      if (logger.isLoggable(level)) {
        logger.log(level, SafeText.of(text, MAX_LINE_CHARS), SafeThrowable.of(throwable));
      }
    } catch (RuntimeException | LinkageError brokenBackend) {
      // There is nowhere left to say it.
    }
  }
}
