package qwormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "old");
    assertThat(AtomicFile.obstacle(file)).isNull();
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertAlone();
  }

  @Test
  void aWriteThatFailsLeavesTheOldOne() throws IOException {
    Path file = folder.resolve("result.json");
    Files.createDirectory(file);
    Files.writeString(file.resolve("inside"), "old");
    assertThatThrownBy(() -> AtomicFile.write(file, "new")).isInstanceOf(IOException.class);
    assertThat(file.resolve("inside")).hasContent("old");
    assertAlone();
  }

  @Test
  void obstaclesAreFoundBeforehand() {
    assertThat(AtomicFile.obstacle(folder)).endsWith("is a directory");
    assertThat(AtomicFile.obstacle(folder.resolve("no/where.json"))).endsWith("not a directory");
    if (Files.isDirectory(Path.of("/proc"))) {
      assertThat(AtomicFile.obstacle(Path.of("/proc/result.json")))
          .isEqualTo("/proc/result.json cannot be written to: the folder takes no new file");
    }
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "old");
    Path link = Files.createSymbolicLink(Files.createTempDirectory(folder, "x").resolve("l"), file);
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void aFullDeviceIsAnErrorAndStaysADevice() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    assertThat(AtomicFile.obstacle(full)).isNull();
    assertThatThrownBy(() -> AtomicFile.write(full, "new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/full was not written");
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  private void assertAlone() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString())).containsExactly("result.json");
    }
  }
}
