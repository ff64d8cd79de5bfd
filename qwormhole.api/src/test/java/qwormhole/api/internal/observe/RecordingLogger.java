package qwormhole.api.internal.observe;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logging backend that keeps what it was given. */
public final class RecordingLogger implements System.Logger {

  /** One line as the backend got it. */
  public record Line(Level level, String text, Throwable thrown) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Level threshold;

  /** Takes everything. */
  public RecordingLogger() {
    this(Level.ALL);
  }

  public RecordingLogger(Level threshold) {
    this.threshold = threshold;
  }

  public List<Line> lines() {
    return lines;
  }

  /** The texts of one level, in order. */
  public List<String> texts(Level level) {
    return lines.stream().filter(line -> line.level() == level).map(Line::text).toList();
  }

  @Override
  public String getName() {
    return "recording";
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.getSeverity() >= threshold.getSeverity();
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
    lines.add(new Line(level, text, thrown));
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... params) {
    throw new AssertionError("text must not be taken for a format: " + format);
  }
}
