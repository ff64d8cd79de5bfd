package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.api.spi.Availability.Unavailable;
import qwormhole.api.tck.ChildJvm;

/** What an application on the module path gets, with and without the library. */
class SelectionTest {
  private static final String NATIVE = "native-lws native-lws native-lws";
  private static final String JAVA = "java java java";
  private static final Map<String, String> WITHOUT = Map.of("QWORMHOLE_LWS_PATH", "/no/such/file");

  @TempDir private Path folder;
  private final List<String> flags = new ArrayList<>();

  @BeforeEach
  void grantNativeAccess() {
    if (Runtime.version().feature() >= 24) {
      flags.add("--enable-native-access=com.sun.jna");
    }
  }

  private static void assumeLibrary() {
    if (Backend.availability() instanceof Unavailable unavailable) {
      abort(unavailable.reason());
    }
  }

  @Test
  void nativeIsUsedOnBothSidesWhereItIsPreferredAndAvailable() throws Exception {
    assumeLibrary();
    assertThat(run("prefer", Map.of())).containsExactly(NATIVE, NATIVE, "done");
    assertThat(run("default", Map.of("QWORMHOLE_NATIVE", "prefer")))
        .containsExactly(NATIVE, NATIVE, "done");
    assertThat(run("default", Map.of("QWORMHOLE_NATIVE_PREFERRED", "lws")))
        .containsExactly(NATIVE, NATIVE, "done");
  }

  @Test
  void javaIsUsedUnlessNativeIsAskedFor() throws Exception {
    assertThat(run("default", Map.of())).containsExactly(JAVA, JAVA, "done");
  }

  @Test
  void aSideChoosesForItself() throws Exception {
    assumeLibrary();
    assertThat(run("default", Map.of("QWORMHOLE_NATIVE_SERVER_PREFERRED", "lws")))
        .startsWith("native-lws java java");
    assertThat(run("default", Map.of("QWORMHOLE_NATIVE_CLIENT_PREFERRED", "lws")))
        .startsWith("java native-lws native-lws");
  }

  @Test
  void javaTakesOverWithOneWarningASideWhereTheLibraryIsMissing() throws Exception {
    List<String> lines = run("prefer", WITHOUT);
    assertThat(lines).filteredOn(JAVA::equals).hasSize(2);
    for (String side : List.of("server", "client")) {
      assertThat(lines)
          .filteredOn(line -> line.contains("[native-" + side + "]"))
          .singleElement()
          .asString()
          .contains("binding not found, falling back to Java: ")
          .contains("/no/such/file")
          .contains("QWORMHOLE_LWS_PATH")
          .contains("install libwebsockets");
    }
    assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void whatIsRequiredAndMissingIsAnErrorWithTheReason() throws Exception {
    assertThat(run("require", WITHOUT))
        .anyMatch(line -> line.startsWith("E_NATIVE_UNAVAILABLE") && line.contains("/no/such/file"))
        .noneMatch(JAVA::equals);
  }

  @Test
  void theOffSwitchKeepsJnaFromBeingLoaded() throws Exception {
    Path log = folder.resolve("loaded");
    flags.add("-Xlog:class+load:file=" + log);
    assertThat(run("prefer", Map.of("QWORMHOLE_NATIVE", "disable")))
        .containsExactly(JAVA, JAVA, "done");
    assertThat(log)
        .content(StandardCharsets.UTF_8)
        .contains("qwormhole.java.EventLoop")
        .doesNotContain("com.sun.jna.")
        .doesNotContain("qwormhole.lws.Lws ")
        .doesNotContain("qwormhole.lws.Backend");
  }

  @Test
  void eachStepIsLoggedWhenAskedFor() throws Exception {
    assertThat(String.join("\n", run("prefer", with("QWORMHOLE_DEBUG_NATIVE", "1"))))
        .contains("[native-server] lws FAILED: ")
        .contains("[native-server] selected java: ")
        .contains("[native-client] selected java: ");
  }

  @Test
  void aValueThatSaysNothingIsWarnedOfOnceAndIgnored() throws Exception {
    List<String> lines = run("default", Map.of("QWORMHOLE_NATIVE", "perhaps"));
    assertThat(lines).filteredOn(JAVA::equals).hasSize(2);
    assertThat(lines)
        .filteredOn(line -> line.contains("perhaps"))
        .singleElement()
        .asString()
        .contains("QWORMHOLE_NATIVE")
        .contains("prefer")
        .contains("force-java");
  }

  @Test
  void anUnknownNameIsWarnedOfOnceForEachSideAndJavaUsed() throws Exception {
    List<String> lines = run("default", Map.of("QWORMHOLE_NATIVE_PREFERRED", "nosuch"));
    String said =
        "QWORMHOLE_NATIVE_PREFERRED=nosuch names no known provider; known are [java, lws]";
    assertThat(lines).filteredOn(line -> line.contains("nosuch")).hasSize(2);
    assertThat(lines).anyMatch(line -> line.endsWith("[native-server] " + said));
    assertThat(lines).anyMatch(line -> line.endsWith("[native-client] " + said));
    assertThat(lines).filteredOn(line -> line.equals("java java java")).hasSize(2);
  }

  private static Map<String, String> with(String name, String value) {
    return Map.of("QWORMHOLE_LWS_PATH", "/no/such/file", name, value);
  }

  /** What the probe prints, its log included, on the module path of this test. */
  private List<String> run(String how, Map<String, String> environment) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-p",
            System.getProperty("jdk.module.path"),
            "--patch-module",
            "qwormhole.lws=" + ChildJvm.root(SelectionProbe.class),
            "--add-modules",
            "qwormhole.java",
            "-m",
            "qwormhole.lws/" + SelectionProbe.class.getName(),
            how));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("QWORMHOLE_"));
    builder.environment().putAll(environment);
    return output(builder.start());
  }

  private static List<String> output(Process process) throws IOException, InterruptedException {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = reader.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
