package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.observe.RecordingLogger;
import qwormhole.api.spi.TransportProvider;

/** Real jars, each in a layer of its own, and each way in which one can be bad. */
class DropInsTest {
  @TempDir Path folder;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final DropIns dropIns = new DropIns(new DropInJars(), properties::get, environment::get);
  private Path plugins;
  private Workshop workshop;

  @BeforeEach
  void onTheModulePath() {
    assumeTrue(TransportProvider.class.getModule().isNamed(), "compiles against the module path");
    workshop = new Workshop(folder.resolve("work"));
    plugins = folder.resolve("plugins");
  }

  @Test
  void jarsWithPackagesOfTheSameNameAreBothUsed() throws Exception {
    workshop
        .providerIn("same", "dropin.one", "one")
        .providerIn("same", "dropin.two", "two")
        .compile();
    workshop.jar("dropin.one", plugins);
    workshop.jar("dropin.two", plugins);
    assertThat(dropIns.add(List.of(plugins))).isEmpty();
    assertThat(ids(report())).contains("one", "two");
  }

  @Test
  void aBadFileIsPassedOverWithTheReasonAndStopsNobody() throws Exception {
    workshop
        .library("dropin.needed")
        .providerIn("good", "dropin.good", "good")
        .providerIn("lone", "dropin.lone", "lone", "dropin.needed")
        .providerIn("twice", "jdk.jartool", "jartool")
        .providerIn("zlast", "dropin.zlast", "zlast")
        .compile();
    for (String module : List.of("good", "lone", "zlast")) {
      workshop.jar("dropin." + module, plugins);
    }
    workshop.jar("jdk.jartool", plugins);
    Files.writeString(plugins.resolve("broken.jar"), "this is no jar");
    Files.writeString(plugins.resolve("notes.txt"), "this neither");
    Files.writeString(plugins.resolve(".hidden"), "nor this, and nobody is told");
    Path gone = folder.resolve("gone");

    Map<Path, String> passedOver = dropIns.add(List.of(plugins, gone));

    assertThat(passedOver)
        .hasSize(5)
        .containsEntry(plugins.resolve("notes.txt"), "it is no jar")
        .containsEntry(gone, "there is no such file or folder")
        .containsEntry(
            plugins.resolve("jdk.jartool.jar"), "the runtime has a module jdk.jartool already")
        .containsEntry(
            plugins.resolve("dropin.lone.jar"),
            "its module cannot be loaded: Module dropin.needed not found, required by dropin.lone");
    assertThat(passedOver.get(plugins.resolve("broken.jar"))).startsWith("it cannot be read: ");
    ProviderReport report = report();
    assertThat(report.mode()).isEqualTo("native-good");
    assertThat(ids(report))
        .contains("good", "zlast", "broken.jar", "notes.txt", "dropin.lone.jar", "gone");
    assertThat(report.failures()).contains("notes.txt: it is no jar");
  }

  @Test
  void aJarMayUseTheOnesBesideIt() throws Exception {
    workshop
        .library("dropin.needed")
        .library("dropin.idle")
        .providerIn("user", "dropin.user", "user", "dropin.needed")
        .compile();
    workshop.jar("dropin.needed", plugins);
    workshop.jar("dropin.user", plugins);
    Path idle = workshop.jar("dropin.idle", plugins);
    assertThat(dropIns.add(List.of(plugins)))
        .isEqualTo(Map.of(idle, "its module dropin.idle provides no transport"));
    assertThat(report().mode()).isEqualTo("native-user");
  }

  @Test
  void theSettingNamesJarsAndFoldersAndIsReadAgain() throws Exception {
    workshop
        .providerIn("one", "dropin.one", "one")
        .providerIn("two", "dropin.two", "two")
        .compile();
    Path one = workshop.jar("dropin.one", folder);
    workshop.jar("dropin.two", plugins);
    assertThat(dropIns.jars()).isEmpty();
    environment.put("QWORMHOLE_PLUGINS", one.toString());
    assertThat(ids(report())).contains("one").doesNotContain("two");
    properties.put("qwormhole.plugins", one + File.pathSeparator + plugins);
    assertThat(ids(report())).contains("one", "two");
    assertThat(dropIns.jars()).hasSize(2);
  }

  @Test
  void withTheOffSwitchNothingOfAJarRuns() throws Exception {
    workshop.providerIn("quiet", "dropin.quiet", "quiet").compile();
    System.clearProperty("quiet");
    workshop.jar("dropin.quiet", plugins);
    dropIns.add(List.of(plugins));
    ProviderReport off = report(Ask.forceJava());
    assertThat(ids(off)).contains("quiet");
    assertThat(Workshop.traceOf("quiet")).isNull();
    assertThat(report().mode()).isEqualTo("native-quiet");
    assertThat(Workshop.traceOf("quiet")).isEqualTo("constructed");
  }

  @Test
  void anUnfitClassInAJarIsToldUnderTheNameOfTheJar() throws Exception {
    workshop.providerIn("unfit", "dropin.unfit", "unfit").compile();
    Files.write(workshop.classes("dropin.unfit").resolve("unfit/Provider.class"), new byte[] {1});
    workshop.jar("dropin.unfit", plugins);
    dropIns.add(List.of(plugins));
    assertThat(report().failures()).startsWith("dropin.unfit.jar: ").contains("ClassFormatError");
  }

  private ProviderReport report() {
    return report(Ask.preferNative());
  }

  private ProviderReport report(SelectionRequest request) {
    LogWriter log = new LogWriter(new RecordingLogger(), System::nanoTime);
    Switches switches = new Switches(name -> null, name -> null, log);
    ProviderSource source = this::found;
    return new ProviderSelector(source, switches, log).report(request);
  }

  private ProviderSource.Discovery found() {
    return new ServiceLoaderSource(null, List.of(), dropIns.jars()).discover();
  }

  private static List<String> ids(ProviderReport report) {
    return report.candidates().stream().map(Candidate::id).toList();
  }
}
