package qwormhole.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhProcessTest {
  @TempDir private Path folder;

  @Test
  void whatTheJarHoldsIsPatchedInAndItsGeneratedPackagesAreOpenedToJmhAlone() throws IOException {
    Path jar = folder.resolve("micro.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name :
          List.of(
              "qwormhole/api/internal/b/Benchmark.class",
              "qwormhole/api/internal/b/jmh_generated/",
              "qwormhole/api/internal/b/jmh_generated/One.class",
              "qwormhole/api/internal/b/jmh_generated/Two.class",
              "qwormhole/api/internal/a/jmh_generated/Three.class",
              "META-INF/BenchmarkList")) {
        out.putNextEntry(new JarEntry(name));
      }
    }
    List<String> command = JmhProcess.command(jar, List.of("-f", "1", "Frame"));
    assertThat(command)
        .contains("--patch-module=qwormhole.api=" + jar)
        .endsWith("-m", "jmh.core/org.openjdk.jmh.Main", "-f", "1", "Frame");
    assertThat(command)
        .filteredOn(flag -> flag.startsWith("--add-opens") || flag.startsWith("--add-exports"))
        .containsExactly(
            "--add-opens=qwormhole.api/qwormhole.api.internal.a.jmh_generated=jmh.core",
            "--add-opens=qwormhole.api/qwormhole.api.internal.b.jmh_generated=jmh.core");
  }

  @Test
  void withoutTheJarItSaysWhereItWasLookedFor() {
    Path nowhere = folder.resolve("none.jar");
    assertThatThrownBy(() -> JmhProcess.command(nowhere, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(nowhere.toString())
        .hasMessageContaining("-Dqwormhole.bench.micro");
  }
}
