package qwormhole.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void aTerminalSeesOneLineThatIsRedrawnAndCleared() {
    try (Progress progress = new Progress(out, Progress.Style.TERMINAL, 4)) {
      progress.step("one  3.10 M msg/s");
    }
    assertThat(bytes.toString(UTF_8))
        .contains("[#####...............] 1/4")
        .contains("one  3.10 M msg/s")
        .endsWith("\r\033[K")
        .doesNotContain("\n");
  }

  @Test
  void aLogIsSparse() {
    try (Progress progress = new Progress(out, Progress.Style.LOG, 1_000)) {
      for (int i = 0; i < 1_000; i++) {
        progress.step("step");
      }
    }
    assertThat(bytes.toString(UTF_8).lines().count()).isLessThan(3);
  }

  @Test
  void noneIsNone() {
    try (Progress progress = new Progress(out, Progress.Style.NONE, 1)) {
      progress.step("step");
    }
    assertThat(bytes.size()).isZero();
  }
}
