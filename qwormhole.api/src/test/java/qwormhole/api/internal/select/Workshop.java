package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import qwormhole.api.spi.TransportProvider;

/** Compiles little provider modules, as somebody else would write them. */
final class Workshop {
  private static final String PROVIDER =
      """
      package %1$s;

      import qwormhole.api.spi.*;

      @ProviderInfo(id = "%2$s", priority = 1, isNative = %3$s)
      public class %6$s %4$s implements TransportProvider {
        static {
          System.setProperty("%1$s", "initialised");
        }

        public %6$s() {
          System.setProperty("%1$s", "constructed");
          %5$s
        }

        @Override public int spiVersion() { return SPI_VERSION; }
        @Override public Availability availability() {
          return new Availability.Available(Library.version());
        }
        @Override public Transport open(TransportContext context) throws java.io.IOException {
          throw new java.io.IOException("this one only answers");
        }
      }
      """;
  private static final String LIBRARY =
      "package %s; class Library { static String version() { return \"lib 1\"; } }";
  private static final String BASE = "package %s; abstract class Base {}";
  private static final String MODULE =
      "module %1$s { requires qwormhole.api;"
          + " provides qwormhole.api.spi.TransportProvider with %1$s.%2$s; }";

  private final Path sources;
  private final Path classes;
  private final List<String> modules = new ArrayList<>();

  Workshop(Path folder) {
    sources = folder.resolve("src");
    classes = folder.resolve("out");
  }

  /** What a provider says of whether its class was initialised or constructed; null if neither. */
  static String traceOf(String module) {
    return System.getProperty(module);
  }

  List<String> modules() {
    return modules;
  }

  /** The compiled module. */
  Path classes(String module) {
    return classes.resolve(module);
  }

  /** Writes a provider {@code <module>.Provider} with a library class that it needs when asked. */
  Workshop provider(String module, String id, boolean isNative) throws IOException {
    return provider(module, id, isNative, "", "");
  }

  /** The same with a superclass or a statement in the constructor. */
  Workshop provider(String module, String id, boolean isNative, String parent, String statement)
      throws IOException {
    System.clearProperty(module);
    modules.add(module);
    Path folder = sources.resolve(module);
    Path inside = Files.createDirectories(folder.resolve(module.replace('.', '/')));
    Files.writeString(
        folder.resolve("module-info.java"), MODULE.formatted(module, providerName(module)));
    Files.writeString(
        inside.resolve(providerName(module) + ".java"),
        PROVIDER.formatted(module, id, isNative, parent, statement, providerName(module)));
    Files.writeString(inside.resolve("Library.java"), LIBRARY.formatted(module));
    Files.writeString(inside.resolve("Base.java"), BASE.formatted(module));
    return this;
  }

  /** Writes a native provider of a module whose package has another name than the module. */
  Workshop providerIn(String packageName, String module, String id, String... requires)
      throws IOException {
    StringBuilder needs = new StringBuilder("requires qwormhole.api; ");
    for (String required : requires) {
      needs.append("requires ").append(required).append("; ");
    }
    String provided =
        "provides qwormhole.api.spi.TransportProvider with " + packageName + ".Provider; ";
    source(module, "module-info.java", "module " + module + " { " + needs + provided + "}");
    String folder = packageName.replace('.', '/') + "/";
    source(
        module,
        folder + "Provider.java",
        PROVIDER.formatted(packageName, id, true, "", "", "Provider"));
    source(module, folder + "Library.java", LIBRARY.formatted(packageName));
    return this;
  }

  /** Writes a module with one class that provides nothing. */
  Workshop library(String module) throws IOException {
    source(module, "module-info.java", "module " + module + " { exports " + module + "; }");
    source(
        module,
        module.replace('.', '/') + "/Thing.java",
        "package " + module + "; public class Thing {}");
    return this;
  }

  private void source(String module, String path, String text) throws IOException {
    if (!modules.contains(module)) {
      modules.add(module);
    }
    Path file = sources.resolve(module).resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Makes a jar of a compiled module in a folder, and returns it. */
  Path jar(String module, Path folder) throws IOException {
    Path jar = Files.createDirectories(folder).resolve(module + ".jar");
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                classes(module).toString(),
                ".");
    assertThat(code).isZero();
    return jar;
  }

  /** Takes the annotation off a provider that was written. */
  Workshop withoutAnnotation(String module) throws IOException {
    Path source =
        sources
            .resolve(module)
            .resolve(module.replace('.', '/'))
            .resolve(providerName(module) + ".java");
    Files.writeString(source, Files.readString(source).replaceAll("@ProviderInfo.*", ""));
    return this;
  }

  /** The simple name of a module's provider: that of the Java provider is looked at. */
  static String providerName(String module) {
    return module.equals("qwormhole.java") ? "JavaTransportProvider" : "Provider";
  }

  /** Compiles what was written. */
  Workshop compile() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "-d",
                classes.toString(),
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module-source-path",
                sources.toString(),
                "--module",
                String.join(",", modules));
    assertThat(code).as(said.toString()).isZero();
    return this;
  }

  /** Makes a compiled module an entry for the class path. */
  Path forClassPath(String module, String... serviceLines) throws IOException {
    Path services = Files.createDirectories(classes(module).resolve("META-INF/services"));
    Files.write(services.resolve(TransportProvider.class.getName()), List.of(serviceLines));
    return classes(module);
  }

  /** The class file of one class of a module. */
  Path classFile(String module, String simpleName) {
    return classes(module).resolve(module.replace('.', '/')).resolve(simpleName + ".class");
  }
}
