package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private final RecordingLogger logger = new RecordingLogger();
  private final AtomicLong clock = new AtomicLong();
  private final LogWriter log = new LogWriter(logger, clock::get);

  @Test
  void eachLevelArrivesWithItsThrowable() {
    Exception thrown = new Exception("why");
    log.warn("w", thrown);
    log.info("i", null);
    log.debug("d", thrown);
    assertThat(logger.lines())
        .containsExactly(
            new RecordingLogger.Line(Level.WARNING, "w", thrown),
            new RecordingLogger.Line(Level.INFO, "i", null),
            new RecordingLogger.Line(Level.DEBUG, "d", thrown));
  }

  @Test
  void onceIsOnce() {
    for (int i = 0; i < 5; i++) {
      log.warnOnce("a", "about a " + i);
      log.warnOnce("b", "about b " + i);
    }
    assertThat(logger.texts(Level.WARNING)).containsExactly("about a 0", "about b 0");
  }

  @Test
  void manyThingsToSayOnceAreBounded() {
    for (int i = 0; i < 100_000; i++) {
      log.warnOnce("key" + i, "text");
    }
    assertThat(logger.lines()).hasSizeLessThan(300);
  }

  @Test
  void repeatedCausesAreCounted() {
    for (int i = 0; i < 42; i++) {
      log.warnRepeated("handshake", "bad handshake");
    }
    clock.addAndGet(RepeatFilter.INTERVAL_NANOS);
    log.warnRepeated("handshake", "bad handshake");
    assertThat(logger.texts(Level.WARNING))
        .containsExactly("bad handshake", "bad handshake (41 more like this)");
  }

  @Test
  void theCountSurvivesACutLine() {
    log.warnRepeated("k", "x");
    log.warnRepeated("k", "x");
    clock.addAndGet(RepeatFilter.INTERVAL_NANOS);
    log.warnRepeated("k", "x".repeat(100_000));
    assertThat(logger.texts(Level.WARNING).get(1))
        .hasSizeLessThanOrEqualTo(LogWriter.MAX_LINE_CHARS)
        .endsWith(" (1 more like this)");
  }

  @Test
  void hostileTextIsEscapedInTheLineAndInTheStackTrace() {
    String hostile = "a\r\n\u001b[2J${jndi:x}" + "y".repeat(10_000_000);
    Exception thrown = new Exception(hostile, new IllegalStateException(hostile));
    thrown.addSuppressed(new Exception(hostile));
    log.warn(hostile, thrown);
    RecordingLogger.Line line = logger.lines().get(0);
    StringWriter trace = new StringWriter();
    line.thrown().printStackTrace(new PrintWriter(trace));
    assertThat(line.text()).hasSizeLessThanOrEqualTo(LogWriter.MAX_LINE_CHARS);
    assertThat(line.text() + trace).doesNotContain("\u001b", "${", "a\r").hasSizeLessThan(50_000);
    assertThat(trace.toString())
        .contains("java.lang.IllegalStateException: a\\u000d", "LogWriterTest");
  }

  @Test
  void aThrowableThatCausesItselfEnds() {
    Exception first = new Exception("first");
    Exception second = new Exception("second\n", first);
    first.initCause(second);
    log.warn("loop", first);
    assertThat(logger.lines()).hasSize(1);
  }

  @Test
  void nothingIsPreparedForALevelThatIsOff() {
    RecordingLogger quiet = new RecordingLogger(Level.WARNING);
    new LogWriter(quiet, clock::get).info("i", null);
    assertThat(quiet.lines()).isEmpty();
  }

  @Test
  void aBrokenBackendHarmsNobody() {
    System.Logger broken =
        new System.Logger() {
          @Override
          public String getName() {
            return "broken";
          }

          @Override
          public boolean isLoggable(Level level) {
            throw new IllegalStateException("no configuration");
          }

          @Override
          public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {}

          @Override
          public void log(Level level, ResourceBundle bundle, String text, Object... params) {}
        };
    new LogWriter(broken, clock::get).warn("text", null);
  }

  @Test
  void theSystemLogTakesALine() {
    Log.debug("hello from a test");
    assertThat(Log.writer()).isSameAs(Log.writer());
  }
}
