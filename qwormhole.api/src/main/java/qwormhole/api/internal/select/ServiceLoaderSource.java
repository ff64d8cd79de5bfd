package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.stream.Stream;
import qwormhole.api.internal.select.DropInJars.Jar;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.TransportProvider;

/**
 * Finds providers on the module path, on the class path and in drop-in jars.
 *
 * <p>A provider is described by the {@link ProviderInfo} on its class. {@link
 * ServiceLoader.Provider#type()} loads and links a class but does not initialise it, and neither does
 * reading an annotation, so no code of a provider runs here. Linking may load what the method
 * signatures and handlers of the provider class itself name; a native provider therefore keeps its
 * library's types in other classes.
 */
final class ServiceLoaderSource implements ProviderSource {
  /** No layout of jars has this many broken providers; a loader that only fails must end. */
  private static final int MAX_BROKEN = 100;

  private final ModuleLayer layer;
  private final List<ClassLoader> loaders;
  private final List<Jar> jars;

  /**
   * A source that looks in these places.
   *
   * @param layer searched first, with its parents; null to search the loaders only
   * @param jars searched last
   */
  ServiceLoaderSource(ModuleLayer layer, List<ClassLoader> loaders, List<Jar> jars) {
    this.layer = layer;
    this.loaders = List.copyOf(loaders);
    this.jars = List.copyOf(jars);
  }

  /**
   * The layer of this module, then the thread's context loader, this library's own, and drop-in jars.
   */
  static ProviderSource system() {
    return () -> {
      Class<?> self = ServiceLoaderSource.class;
      List<ClassLoader> loaders =
          Stream.of(Thread.currentThread().getContextClassLoader(), self.getClassLoader())
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      List<Jar> jars = DropIns.system().jars();
      return new ServiceLoaderSource(self.getModule().getLayer(), loaders, jars).discover();
    };
  }

  @Override
  public Discovery discover() {
    Map<Class<?>, Handle> handles = new LinkedHashMap<>();
    Map<String, Broken> broken = new LinkedHashMap<>();
    if (layer != null) {
      scan(ServiceLoader.load(layer, TransportProvider.class), "unknown", handles, broken);
    }
    for (ClassLoader loader : loaders) {
      scan(ServiceLoader.load(TransportProvider.class, loader), "unknown", handles, broken);
    }
    for (Jar jar : jars) {
      if (jar.layer() != null) {
        scan(ServiceLoader.load(jar.layer(), TransportProvider.class), jar.name(), handles, broken);
      } else if (jar.why() != null) {
        broken.put(jar.file().toString(), new Broken(jar.name(), jar.why()));
      }
    }
    return new Discovery(List.copyOf(handles.values()), new ArrayList<>(broken.values()));
  }

  /** Goes on after each error, which a {@code for} loop over the stream would not. */
  private static void scan(
      ServiceLoader<TransportProvider> loader,
      String from,
      Map<Class<?>, Handle> handles,
      Map<String, Broken> broken) {
    Spliterator<ServiceLoader.Provider<TransportProvider>> rest = loader.stream().spliterator();
    int failures = 0;
    boolean more = true;
    while (more && failures < MAX_BROKEN) {
      try {
        more = rest.tryAdvance(found -> handles.putIfAbsent(found.type(), handle(found)));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        broken.putIfAbsent(e.toString(), new Broken(from, e));
      }
    }
  }

  private static Handle handle(ServiceLoader.Provider<TransportProvider> found) {
    Class<?> type = found.type();
    return new Handle(
        type.getName(), ReservedIds.of(type), Guarded.call(() -> describe(type)), found);
  }

  private static Description describe(Class<?> type) throws Unfit {
    ProviderInfo info = type.getAnnotation(ProviderInfo.class);
    if (info == null) {
      throw new Unfit("its class has no @ProviderInfo");
    }
    return new Description(info.id(), info.priority(), info.isNative());
  }
}
