package qwormhole.api.internal.select;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import qwormhole.api.spi.TransportProvider;

/** Where providers are found. */
@FunctionalInterface
interface ProviderSource {

  /** Looks for providers and runs none of their code. */
  Discovery discover();

  /** This source with something around each provider, put there when it is constructed. */
  default ProviderSource decorated(
      BiFunction<String, TransportProvider, TransportProvider> decorator) {
    return () -> {
      Discovery found = discover();
      return new Discovery(
          found.handles().stream().map(handle -> handle.decorated(decorator)).toList(),
          found.broken());
    };
  }

  /** What a provider's annotation says. */
  record Description(String id, int priority, boolean isNative) {}

  /**
   * A provider of which nothing has run yet.
   *
   * @param className what it is called where its id cannot be used
   * @param ownId the id of this project that it may have, or null; known without asking it
   * @param description what its annotation says, or why it cannot be read
   * @param constructor makes an instance
   */
  record Handle(
      String className,
      String ownId,
      Guarded<Description> description,
      Supplier<TransportProvider> constructor) {

    Handle decorated(BiFunction<String, TransportProvider, TransportProvider> decorator) {
      return description.failed()
          ? this
          : new Handle(
              className,
              ownId,
              description,
              () -> decorator.apply(description.value().id(), constructor.get()));
    }
  }

  /**
   * What was found.
   *
   * @param broken what stopped a declared provider from being found at all
   */
  record Discovery(List<Handle> handles, List<Broken> broken) {}

  /**
   * A provider that could not be found, or a jar that could not be loaded.
   *
   * @param name its jar, or {@code unknown}
   */
  record Broken(String name, Throwable error) {}
}
