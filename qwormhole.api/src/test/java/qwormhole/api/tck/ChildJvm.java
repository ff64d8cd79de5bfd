package qwormhole.api.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qwormhole.api.spi.TransportProvider;

/** Another Java process of the same classes, on the class path, spoken to in lines. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  /**
   * Runs a main class with everything that this process has.
   *
   * @param shell commands of a shell to run before, such as {@code "ulimit -n 100; "}
   */
  public ChildJvm(String shell, Class<?> main, String... arguments) throws IOException {
    this(
        Stream.concat(
            Stream.of(main, ChildJvm.class, TransportProvider.class).map(ChildJvm::root),
            Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(path -> path != null && !path.isEmpty())),
        shell,
        main,
        arguments);
  }

  /** Runs a main class with what it and some classes lie in, and nothing else. */
  public static ChildJvm of(Class<?> main, Class<?>... needed) throws IOException {
    return new ChildJvm(
        Stream.concat(Stream.of(main), Stream.of(needed)).map(ChildJvm::root), "", main);
  }

  private ChildJvm(Stream<String> classPath, String shell, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell + "exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as a launcher does, for JNA
    }
    // What the process prints is an answer; newer JDKs log to whatever backend they find.
    command.addAll(List.of("-Dtinylog.writer=console", "-Dtinylog.writer.stream=err"));
    command.add("-Dtinylog.level=warn");
    // What a provider is told by properties, such as where its library lies.
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("qwormhole."))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    String separator = System.getProperty("path.separator");
    command.addAll(
        List.of("-cp", classPath.collect(Collectors.joining(separator)), main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Where a class was loaded from; for a class patched into a module its code source lies. */
  public static String root(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + file);
    String text = url.toString();
    String root = text.substring(0, text.length() - file.length());
    try {
      String plain = root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root;
      return Path.of(new URI(plain)).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(root, e);
    }
  }

  /** The next line that the process prints; null at its end. */
  public String line() throws IOException {
    return lines.readLine();
  }

  /** Gives the process a line. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The processor time that the process has used, in milliseconds. */
  public long cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
