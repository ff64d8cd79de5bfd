package qwormhole.api.internal.select;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import qwormhole.api.spi.TransportProvider;

/** Where providers are found. */
@FunctionalInterface
interface ProviderSource {

  /** Looks for providers and runs none of their code. */
  Discovery discover();

  /** This source with something around each provider, put there when it is constructed. */
  default ProviderSource decorated(UnaryOperator<TransportProvider> decorator) {
    return () -> {
      Discovery found = discover();
      return new Discovery(
          found.handles().stream().map(handle -> handle.decorated(decorator)).toList(),
          found.broken());
    };
  }

  /**
   * A provider of which nothing has run yet.
   *
   * @param className what it is called until its id is known
   * @param isJava whether this is the Java provider, known without asking it
   * @param constructor makes an instance
   */
  record Handle(String className, boolean isJava, Supplier<TransportProvider> constructor) {
    Handle decorated(UnaryOperator<TransportProvider> decorator) {
      return new Handle(className, isJava, () -> decorator.apply(constructor.get()));
    }
  }

  /**
   * What was found.
   *
   * @param broken what stopped a declared provider from being found at all
   */
  record Discovery(List<Handle> handles, List<Throwable> broken) {}
}
