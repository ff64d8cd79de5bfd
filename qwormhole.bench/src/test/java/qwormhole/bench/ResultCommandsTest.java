package qwormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import qwormhole.bench.saved.SampleFile;

/** The commands that read results: what they end with and what they leave behind. */
class ResultCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void compareEndsWithWhatItFound() throws IOException {
    Path base = SampleFile.streams("java:java", 100, 101, 102).write(folder, "base.json");
    Path worse = SampleFile.streams("java:java", 50, 51, 52).write(folder, "worse.json");
    Path other = SampleFile.streams("lws:lws", 100, 101).write(folder, "other.json");
    assertThat(execute("compare", base, base)).isEqualTo(ExitCodes.OK);
    assertThat(execute("compare", base, worse)).isEqualTo(ExitCodes.FAILED);
    assertThat(execute("compare", "--threshold=60", base, worse)).isEqualTo(ExitCodes.OK);
    assertThat(execute("compare", "--metrics=cpu", base, worse)).isEqualTo(ExitCodes.OK);
    assertThat(execute("compare", base, other)).isEqualTo(ExitCodes.NOTHING_TO_COMPARE);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatIsNotAResultIsNoRegression() throws IOException {
    Path base = SampleFile.streams("java:java", 100, 101).write(folder, "base.json");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{]");
    assertThat(execute("compare", base, bad)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("bad.json is not JSON");
    assertThat(execute("compare", base)).isEqualTo(ExitCodes.USAGE);
    assertThat(execute("compare", "--threshold=100", base, base)).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void aReportLiesBesideItsResult() throws IOException {
    Path result = new SampleFile().write(folder, "out.json");
    assertThat(execute("report", result)).isEqualTo(ExitCodes.OK);
    assertThat(folder.resolve("out.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(out.toString()).contains("out.html");
  }

  @Test
  void aHistoryOfWhichOneFileIsBadIsNotWritten() throws IOException {
    Path good = SampleFile.streams("java:java", 1, 2).write(folder, "good.json");
    Path page = folder.resolve("page.html");
    assertThat(execute("history", good, folder.resolve("none.json"), "-o", page))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(page).doesNotExist();
    assertThat(execute("history", good, "-o", page)).isEqualTo(ExitCodes.OK);
    assertThat(page).exists();
  }

  @Test
  void aPageThatCannotBeWrittenIsSaidBeforehand() throws IOException {
    Path result = new SampleFile().write(folder, "out.json");
    assertThat(execute("report", result, "-o", folder)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("is a directory");
  }

  private int execute(Object... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    return commandLine.execute(texts);
  }
}
