package qwormhole.lws;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where the library is looked for: what the setting for it names, and nothing else; without one,
 * what the setting for all native libraries names, then the system's own places.
 *
 * @param names paths, or names for the system to find
 * @param setting the setting that named them, or null
 */
record Places(List<String> names, String setting) {

  private static final String OWN = "QWORMHOLE_LWS_PATH";
  private static final String ALL = "QWORMHOLE_NATIVE_PATH";

  /** The names with versions: the plain one exists only where programs are built. Newest first. */
  private static final List<String> FILES =
      Stream.of("22", "21", "20", "19", "18", "17", "16")
          .map(version -> "libwebsockets.so." + version)
          .toList();

  private static final String PLAIN = "libwebsockets.so";

  /** What the process is set to. */
  static Places current() {
    return of(Places::setting);
  }

  private static String setting(String variable) {
    String property =
        System.getProperty(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
    return property != null ? property : System.getenv(variable);
  }

  static Places of(UnaryOperator<String> settings) {
    String own = settings.apply(OWN);
    if (own != null && !own.isBlank()) {
      return new Places(expand(own.strip()), OWN);
    }
    List<String> names = new ArrayList<>();
    String all = settings.apply(ALL);
    if (all != null && !all.isBlank()) {
      // It may name a file of another provider.
      expand(all.strip()).stream().filter(name -> name.contains("websockets")).forEach(names::add);
    }
    names.addAll(FILES);
    names.add(PLAIN);
    return new Places(List.copyOf(names), null);
  }

  /** The file itself, or the known names in a folder. */
  private static List<String> expand(String setting) {
    Path path;
    try {
      path = Path.of(setting).toAbsolutePath();
    } catch (InvalidPathException e) {
      return List.of(setting);
    }
    if (!Files.isDirectory(path)) {
      return List.of(path.toString());
    }
    List<String> there =
        Stream.concat(FILES.stream(), Stream.of(PLAIN))
            .map(path::resolve)
            .filter(Files::exists)
            .map(Path::toString)
            .toList();
    return there.isEmpty() ? List.of(path.resolve(PLAIN).toString()) : there;
  }
}
