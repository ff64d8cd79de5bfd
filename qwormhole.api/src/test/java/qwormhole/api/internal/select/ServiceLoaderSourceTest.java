package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.observe.RecordingLogger;
import qwormhole.api.spi.TransportProvider;

/** The real ServiceLoader over modules and class-path folders that are compiled here. */
class ServiceLoaderSourceTest {
  private static final String JAVA = "qwormhole.java";
  private static final String GOOD = "dropin.good";

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void onTheModulePath() {
    assumeTrue(TransportProvider.class.getModule().isNamed(), "compiles against the module path");
    workshop = new Workshop(folder);
  }

  @Test
  void providersAreFoundInALayerAndBrokenOnesStopNobody() throws Exception {
    workshop
        .provider(JAVA, "java", false)
        .provider(GOOD, "good", true)
        .provider("dropin.abad", "abad", true)
        .provider("dropin.orphan", "orphan", true, "extends Base", "")
        .provider("dropin.fails", "afails", true, "", "if (true) throw new Error(\"boom\");")
        .compile();
    Files.write(workshop.classFile("dropin.abad", "Provider"), new byte[] {1, 2, 3});
    Files.delete(workshop.classFile("dropin.orphan", "Base"));

    ProviderReport report =
        report(new ServiceLoaderSource(layer(), List.of(), List.of()), Ask.preferNative());

    assertThat(report.mode()).isEqualTo("native-good");
    assertThat(outcomes(report)).contains("good SELECTED", "java NOT_TRIED");
    assertThat(report.candidates()).filteredOn(c -> c.outcome() == Outcome.FAILED).hasSize(3);
    assertThat(report.failures())
        .contains("afails: constructor failed: Error: boom")
        .contains("Unable to load dropin.abad.Provider: ClassFormatError: ")
        .contains(
            "Unable to load dropin.orphan.Provider: NoClassDefFoundError: dropin/orphan/Base");
  }

  @Test
  void aClassWithoutAnnotationIsPassedOverUnconstructed() throws Exception {
    workshop
        .provider(JAVA, "java", false)
        .provider(GOOD, "good", true)
        .withoutAnnotation(GOOD)
        .compile();
    ProviderReport report =
        report(new ServiceLoaderSource(layer(), List.of(), List.of()), Ask.preferNative());
    assertThat(report.mode()).isEqualTo("java");
    assertThat(report.failures()).isEqualTo("dropin.good.Provider: its class has no @ProviderInfo");
    assertThat(Workshop.traceOf(GOOD)).isNull();
  }

  @Test
  void onlyTheOneWhoseTurnItIsIsConstructed() throws Exception {
    workshop.provider(JAVA, "java", false).provider(GOOD, "good", true).compile();
    ProviderReport report =
        report(new ServiceLoaderSource(layer(), List.of(), List.of()), Ask.nothing());
    assertThat(outcomes(report)).containsExactly("java SELECTED", "good NOT_TRIED");
    assertThat(Workshop.traceOf(GOOD)).isNull();
  }

  @Test
  void withTheOffSwitchNoClassOfANativeModuleRuns() throws Exception {
    workshop.provider(JAVA, "java", false).provider(GOOD, "good", true).compile();
    ServiceLoaderSource source = new ServiceLoaderSource(layer(), List.of(), List.of());

    ProviderReport off = report(source, Ask.forceJava());
    assertThat(off.mode()).isEqualTo("java");
    assertThat(outcomes(off)).containsExactly("java SELECTED", "good NOT_TRIED");
    assertThat(Workshop.traceOf(JAVA)).isEqualTo("constructed");
    assertThat(Workshop.traceOf(GOOD)).isNull();

    assertThat(report(source, Ask.preferNative()).mode()).isEqualTo("native-good");
    assertThat(Workshop.traceOf(GOOD)).isEqualTo("constructed");
  }

  @Test
  void aModuleThatOnlyResemblesTheJavaProviderIsKeptOutByTheOffSwitch() throws Exception {
    workshop.provider("qwormhole.java.evil", "java", false).compile();
    ProviderReport off =
        report(new ServiceLoaderSource(layer(), List.of(), List.of()), Ask.forceJava());
    assertThat(off.mode()).isEmpty();
    assertThat(Workshop.traceOf("qwormhole.java.evil")).isNull();
  }

  @Test
  void providersAreFoundOnTheClassPathAndBrokenEntriesStopNobody() throws Exception {
    workshop
        .provider(JAVA, "java", false)
        .provider(GOOD, "good", true)
        .provider("dropin.abad", "abad", true)
        .compile();
    Files.write(workshop.classFile("dropin.abad", "Provider"), new byte[] {1, 2, 3});
    Path noJar = Files.writeString(folder.resolve("broken.jar"), "this is no jar");
    try (RecordingLoader loader =
        new RecordingLoader(
            noJar,
            workshop.forClassPath("dropin.abad", "dropin.abad.Provider", "com.gone.Provider"),
            workshop.forClassPath("dropin.unreadable", "not a name"),
            workshop.forClassPath(GOOD, "dropin.good.Base", "dropin.good.Provider"),
            workshop.forClassPath(JAVA, "qwormhole.java.JavaTransportProvider", "# comment"))) {
      ServiceLoaderSource source = new ServiceLoaderSource(null, List.of(loader), List.of());

      ProviderReport off = report(source, Ask.forceJava());
      assertThat(off.mode()).isEqualTo("java");
      assertThat(loader.defined).contains("dropin.good.Provider", "qwormhole.java.Library");
      assertThat(loader.defined).doesNotContain("dropin.good.Library");
      assertThat(Workshop.traceOf(GOOD)).isNull();

      ProviderReport on = report(source, Ask.preferNative());
      assertThat(on.mode()).isEqualTo("native-good");
      assertThat(loader.defined).contains("dropin.good.Library");
      assertThat(on.failures())
          .contains(
              "ClassFormatError",
              "Provider com.gone.Provider not found",
              "dropin.good.Base not a subtype",
              "Illegal configuration-file");
    }
  }

  @Test
  void aProviderThatIsSeenTwiceIsOne() throws Exception {
    workshop.provider(JAVA, "java", false).provider(GOOD, "good", true).compile();
    ModuleLayer layer = layer();
    ClassLoader loader = layer.findLoader(GOOD);
    ServiceLoaderSource source = new ServiceLoaderSource(layer, List.of(loader, loader), List.of());
    assertThat(source.discover().handles())
        .extracting(ProviderSource.Handle::className)
        .containsExactlyInAnyOrder("qwormhole.java.JavaTransportProvider", "dropin.good.Provider");
  }

  @Test
  void theContextLoaderOfTheThreadIsLookedThrough() throws Exception {
    workshop.provider(GOOD, "good", true).compile();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (RecordingLoader loader =
        new RecordingLoader(workshop.forClassPath(GOOD, "dropin.good.Provider"))) {
      thread.setContextClassLoader(loader);
      assertThat(report(ServiceLoaderSource.system(), Ask.preferNative()).mode())
          .isEqualTo("native-good");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theSelectorOfTheProcessWorksWithoutAnyProvider() {
    ProviderReport report = ProviderSelector.system().report(Ask.nothing());
    assertThat(report.side()).isEqualTo("server");
  }

  private ModuleLayer layer() {
    ModuleFinder finder =
        ModuleFinder.of(workshop.modules().stream().map(workshop::classes).toArray(Path[]::new));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(finder, ModuleFinder.of(), workshop.modules());
    ClassLoader parent = TransportProvider.class.getClassLoader();
    return boot.defineModulesWithOneLoader(configuration, parent);
  }

  private static ProviderReport report(ProviderSource source, SelectionRequest request) {
    LogWriter log = new LogWriter(new RecordingLogger(), System::nanoTime);
    Switches switches = new Switches(name -> null, name -> null, log);
    return new ProviderSelector(source, switches, log).report(request);
  }

  private static Stream<String> outcomes(ProviderReport report) {
    return report.candidates().stream().map(c -> c.id() + " " + c.outcome());
  }

  /** A class path that remembers which of its classes were loaded. */
  private static final class RecordingLoader extends URLClassLoader {
    private final List<String> defined = new ArrayList<>();

    RecordingLoader(Path... entries) {
      super(
          Arrays.stream(entries).map(RecordingLoader::url).toArray(URL[]::new),
          TransportProvider.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      defined.add(name);
      return found;
    }

    private static URL url(Path entry) {
      try {
        return entry.toUri().toURL();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
