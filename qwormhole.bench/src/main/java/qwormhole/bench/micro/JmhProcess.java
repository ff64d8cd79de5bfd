package qwormhole.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import qwormhole.bench.process.JavaCommand;

/**
 * JMH in a JVM of its own. What it runs of the core's is patched into the core's module, where all of
 * it can be seen, so that the module exports nothing for a benchmark's sake. JMH hands the flags on
 * to its forks.
 */
public final class JmhProcess {
  /** Names the jar with the core's benchmarks where there is no image to hold it. */
  public static final String JAR_PROPERTY = "qwormhole.bench.micro";

  private static final String CORE = "qwormhole.api";
  private static final String GENERATED = "/jmh_generated/";

  private JmhProcess() {}

  /** The jar with the core's benchmarks: in the image's lib, unless the property names another. */
  public static Path jar() {
    String named = System.getProperty(JAR_PROPERTY);
    return named == null
        ? Path.of(System.getProperty("java.home"), "lib", "qwormhole-micro.jar")
        : Path.of(named).toAbsolutePath();
  }

  /**
   * The command line.
   *
   * @param jar see {@link #jar}
   * @param arguments for JMH, as they are
   * @throws IOException when the jar cannot be read
   */
  public static List<String> command(Path jar, List<String> arguments) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException(
          "the core's benchmarks are not here: no %s; run jmh from the image, or name the jar with -D%s"
              .formatted(jar, JAR_PROPERTY));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaCommand.inherited());
    String path = System.getProperty("jdk.module.path");
    if (path != null) {
      command.add("--module-path=" + path);
    }
    command.add("--add-modules=qwormhole.bench,jmh.core");
    command.add("--patch-module=" + CORE + "=" + jar);
    command.add("--add-reads=" + CORE + "=jmh.core,jdk.unsupported");
    for (String generated : generatedPackages(jar)) {
      command.add("--add-opens=" + CORE + "/" + generated + "=jmh.core");
    }
    command.addAll(List.of("-m", "jmh.core/org.openjdk.jmh.Main"));
    command.addAll(arguments);
    return command;
  }

  /** Where JMH finds what its annotation processor wrote, by reflection. */
  private static Set<String> generatedPackages(Path jar) throws IOException {
    Set<String> packages = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.contains(GENERATED) && name.endsWith(".class"))
          .forEach(
              name -> packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
    }
    return packages;
  }

  /** Runs it on this process's own input and output; returns its exit code. */
  public static int run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    Thread hook = new Thread(process::destroy, "destroy-jmh");
    Runtime.getRuntime().addShutdownHook(hook);
    int exitCode = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(hook);
    return exitCode;
  }
}
