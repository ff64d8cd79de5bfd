package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's C compiler; tests that need it are skipped, with a message, where there is none. */
final class CCompiler {

  private CCompiler() {}

  /** Compiles a source to a file beside it. */
  static Path compile(Path folder, String name, String source, String... options)
      throws IOException, InterruptedException {
    assumeTrue(hasGcc(), "this machine has no gcc");
    Path file = folder.resolve(name);
    Path text = folder.resolve(name + ".c");
    Files.writeString(text, source);
    List<String> command = new ArrayList<>(List.of("gcc", "-o", file.toString(), text.toString()));
    command.addAll(List.of(options));
    assertThat(output(command)).as("what gcc says").isEmpty();
    return file;
  }

  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    return output;
  }

  private static boolean hasGcc() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("gcc", "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
