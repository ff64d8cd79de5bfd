package qwormhole.lws;

import com.sun.jna.Native;
import java.io.BufferedReader;
import java.io.IOException;
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
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  /** Runs a main class, after commands of a shell. */
  ChildJvm(String shell, Class<?> main, String... arguments) throws IOException {
    this(
        Stream.of(
            ChildJvm.class, LwsTransportProvider.class, TransportProvider.class, Native.class),
        shell,
        main,
        arguments);
  }

  static ChildJvm withoutJna(Class<?> main) throws IOException {
    return new ChildJvm(
        Stream.of(ChildJvm.class, LwsTransportProvider.class, TransportProvider.class), "", main);
  }

  private ChildJvm(Stream<Class<?>> parts, String shell, Class<?> main, String... arguments)
      throws IOException {
    String classPath =
        parts.map(ChildJvm::root).collect(Collectors.joining(System.getProperty("path.separator")));
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell + "exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Where a class was loaded from; for a class patched into a module its code source lies. */
  static String root(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + file);
    String text = url.toString();
    String root = text.substring(0, text.length() - file.length());
    try {
      String plain = root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root;
      return Path.of(new java.net.URI(plain)).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(root, e);
    }
  }

  String line() throws IOException {
    return lines.readLine();
  }

  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  long cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
