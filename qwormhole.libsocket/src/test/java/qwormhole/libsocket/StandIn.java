package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives the tests of a class a library to run with: the one that {@code QWORMHOLE_LIBSOCKET_PATH}
 * names in the environment, else a stand-in that is compiled here. Without either they are skipped.
 */
final class StandIn implements BeforeAllCallback {

  private static final String VARIABLE = "QWORMHOLE_LIBSOCKET_PATH";
  private static final String PROPERTY = "qwormhole.libsocket.path";
  private static final Path SOURCE = Path.of("src", "test", "c", "standin.c");
  private static final Path FOLDER = Path.of("target", "stand-in");

  private static Path compiled;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (System.getenv(VARIABLE) == null) {
      // Before the provider is asked, which looks again until it has found one.
      System.setProperty(PROPERTY, library().toString());
    }
  }

  private static synchronized Path library() throws Exception {
    if (compiled == null) {
      compiled = compile(FOLDER, "libsocket.so", Files.readString(SOURCE));
    }
    return compiled;
  }

  /** Compiles C to a library in a folder, or skips the test where there is no compiler. */
  static Path compile(Path folder, String name, String source) throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && hasGcc(),
        "there is no gcc to compile a stand-in for libsocket, and " + VARIABLE + " names none");
    Files.createDirectories(folder);
    Path file = folder.resolve(name).toAbsolutePath();
    Path text = folder.resolve(name + ".c");
    Files.writeString(text, source);
    List<String> command = new ArrayList<>(List.of("gcc", "-Wall", "-Wextra", "-shared", "-fPIC"));
    command.addAll(List.of("-o", file.toString(), text.toString()));
    Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gcc.waitFor()).as("gcc: %s", said).isZero();
    assertThat(said).as("what gcc says").isEmpty();
    return file;
  }

  private static boolean hasGcc() throws InterruptedException {
    try {
      Process gcc = new ProcessBuilder("gcc", "--version").redirectErrorStream(true).start();
      gcc.getInputStream().readAllBytes();
      return gcc.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
