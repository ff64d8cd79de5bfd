package qwormhole.api.internal.select;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import qwormhole.api.spi.TransportProvider;

/**
 * Loads transports from jars that are not on the module path, each in a {@link ModuleLayer} of its own
 * over this library's: two jars may have packages of the same name, and what is wrong with one is a
 * reason and stops no other. A jar may use what the runtime contains and, as copies of its own, the
 * jars beside it. Each is loaded once in a process and stays. Any thread.
 */
final class DropInJars {

  /**
   * A jar that was looked at.
   *
   * @param layer what its transports are found in; null where there are none
   * @param why it is passed over, or null
   */
  record Jar(Path file, ModuleLayer layer, Throwable why) {
    String name() {
      return String.valueOf(file.getFileName());
    }
  }

  private final ModuleLayer parent;
  private final ClassLoader loader;
  private final Map<Path, Jar> jars = new LinkedHashMap<>(); // guarded by this

  /** Jars over the layer of this library. */
  DropInJars() {
    this(TransportProvider.class.getModule().getLayer());
  }

  DropInJars(ModuleLayer parent) {
    this.parent = parent == null ? ModuleLayer.boot() : parent;
    this.loader = TransportProvider.class.getClassLoader();
  }

  /** Looks at the jars that these places are or contain; returns those that are there, in order. */
  synchronized List<Jar> add(List<Path> places) {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      files.addAll(filesOf(place.toAbsolutePath().normalize()));
    }
    Map<Path, ModuleFinder> readable = new LinkedHashMap<>();
    Map<Path, Jar> seen = new LinkedHashMap<>();
    for (Path file : files) {
      Jar known = jars.get(file);
      seen.put(file, known != null ? known : read(file, readable));
    }
    Set<String> used = new HashSet<>();
    seen.replaceAll((file, jar) -> jar != null ? jar : load(file, readable, used));
    seen.replaceAll((file, jar) -> jar.why() instanceof Bare bare ? bare.of(file, used) : jar);
    jars.putAll(seen);
    return List.copyOf(seen.values());
  }

  /** A place that is not there is told like a jar that cannot be read. */
  private static List<Path> filesOf(Path place) {
    if (!Files.isDirectory(place) || Files.exists(place.resolve("module-info.class"))) {
      return List.of(place);
    }
    try (Stream<Path> children = Files.list(place)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(place);
    }
  }

  /** Null when its module can be read. */
  private static Jar read(Path file, Map<Path, ModuleFinder> readable) {
    if (!Files.exists(file)) {
      return passedOver(file, "there is no such file or folder", null);
    }
    boolean isFolder = Files.isDirectory(file);
    if (isFolder || !file.toString().endsWith(".jar")) {
      if (!isFolder || !Files.exists(file.resolve("module-info.class"))) {
        return passedOver(file, "it is no jar", null);
      }
    }
    try {
      ModuleFinder finder = ModuleFinder.of(file);
      if (finder.findAll().size() != 1) {
        return passedOver(file, "it has no module", null);
      }
      readable.put(file, finder);
      return null;
    } catch (FindException | InvalidPathException e) {
      return passedOver(file, "it cannot be read: " + rootText(e), e);
    }
  }

  private Jar load(Path file, Map<Path, ModuleFinder> readable, Set<String> used) {
    ModuleReference module = readable.get(file).findAll().iterator().next();
    ModuleDescriptor descriptor = module.descriptor();
    String name = descriptor.name();
    boolean provides =
        descriptor.provides().stream()
            .anyMatch(each -> each.service().equals(TransportProvider.class.getName()));
    if (!provides) {
      return new Jar(file, null, new Bare(name));
    }
    if (parent.configuration().findModule(name).isPresent()
        || parent.findModule(name).isPresent()) {
      return passedOver(file, "the runtime has a module " + name + " already", null);
    }
    try {
      ModuleFinder beside =
          ModuleFinder.compose(
              readable.entrySet().stream()
                  .filter(entry -> !entry.getKey().equals(file))
                  .map(Map.Entry::getValue)
                  .toArray(ModuleFinder[]::new));
      Configuration configuration =
          parent.configuration().resolve(readable.get(file), beside, Set.of(name));
      ModuleLayer layer = parent.defineModulesWithOneLoader(configuration, loader);
      configuration.modules().forEach(resolved -> used.add(resolved.name()));
      return new Jar(file, layer, null);
    } catch (RuntimeException | LinkageError e) { // resolution, layer, security: all of this jar
      return passedOver(file, "its module cannot be loaded: " + rootText(e), e);
    }
  }

  private static Jar passedOver(Path file, String why, Throwable cause) {
    return new Jar(file, null, new Unfit(why, cause));
  }

  private static String rootText(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; i < 8 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** A jar without a transport, which is all right where another one uses it. */
  private static final class Bare extends Exception {
    private static final long serialVersionUID = 1L;

    Bare(String module) {
      super(module, null, false, false);
    }

    Jar of(Path file, Set<String> used) {
      return used.contains(getMessage())
          ? new Jar(file, null, null)
          : passedOver(file, "its module " + getMessage() + " provides no transport", null);
    }
  }
}
