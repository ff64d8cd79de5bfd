package qwormhole.bench.report;

import java.io.PrintStream;
import java.time.Duration;

/** How far a run is: one line that is redrawn on a terminal, a line now and then elsewhere. */
public final class Progress implements AutoCloseable {
  /** How this run shows it. */
  public enum Style {
    /** Redraws one line. */
    TERMINAL,
    /** A line at most every five seconds. */
    LOG,
    /** Nothing. */
    NONE
  }

  private static final int WIDTH = 20;
  private static final long LOG_INTERVAL = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final Style style;
  private final int total;
  private final long began = System.nanoTime();
  private long lastLog = began;
  private int done;

  /** A run of {@code total} steps. */
  public Progress(PrintStream out, Style style, int total) {
    this.out = out;
    this.style = style;
    this.total = Math.max(1, total);
  }

  /** A step is done. */
  public void step(String what) {
    done++;
    show(what);
  }

  /** Something of the present step is known. */
  public void show(String what) {
    if (style == Style.TERMINAL) {
      int filled = Math.min(WIDTH, WIDTH * done / total);
      String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
      out.printf("\r\033[K[%s] %d/%d%s  %s", bar, done, total, left(), what);
      out.flush();
    } else if (style == Style.LOG && System.nanoTime() - lastLog > LOG_INTERVAL) {
      lastLog = System.nanoTime();
      out.printf("%d/%d%s  %s%n", done, total, left(), what);
    }
  }

  private String left() {
    if (done == 0) {
      return "";
    }
    long seconds = (System.nanoTime() - began) / done * (total - done) / 1_000_000_000L;
    return "  %d:%02d left".formatted(seconds / 60, seconds % 60);
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (style == Style.TERMINAL) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
