package qwormhole.libsocket;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where the library is looked for: what the setting for it names, and nothing else; without one,
 * what the setting for all native libraries names, then JNA's own path and the system's places.
 *
 * @param names paths, or a name for JNA and the system to find
 * @param setting the setting that named them, or null
 */
record Places(List<String> names, String setting) {

  private static final String OWN = "QWORMHOLE_LIBSOCKET_PATH";
  private static final String ALL = "QWORMHOLE_NATIVE_PATH";

  /** Upstream installs it so, without a version; {@code libsocket++.so} is for C++, and of others. */
  private static final String FILE = "libsocket.so";

  /** What the process is set to. */
  static Places current() {
    return of(Places::setting);
  }

  private static String setting(String variable) {
    String property = System.getProperty(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    return property != null ? property : System.getenv(variable);
  }

  static Places of(UnaryOperator<String> settings) {
    String own = settings.apply(OWN);
    if (own != null && !own.isBlank()) {
      return new Places(List.of(expand(own.strip())), OWN);
    }
    List<String> names = new ArrayList<>();
    String all = settings.apply(ALL);
    if (all != null && !all.isBlank()) {
      String named = expand(all.strip());
      if (isOurs(named)) {
        names.add(named);
      }
    }
    names.add(FILE);
    return new Places(List.copyOf(names), null);
  }

  /** The setting for all may name a file of another provider. */
  private static boolean isOurs(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.equals(FILE) || file.startsWith(FILE + ".");
  }

  /** The file itself, or the one in a folder. */
  private static String expand(String setting) {
    try {
      Path path = Path.of(setting).toAbsolutePath();
      return (Files.isDirectory(path) ? path.resolve(FILE) : path).toString();
    } catch (InvalidPathException e) {
      return setting;
    }
  }
}
