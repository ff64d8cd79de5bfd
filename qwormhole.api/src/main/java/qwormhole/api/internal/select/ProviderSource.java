package qwormhole.api.internal.select;

import java.util.List;
import java.util.function.Supplier;
import qwormhole.api.spi.TransportProvider;

/** Where providers are found. */
@FunctionalInterface
interface ProviderSource {

  /** Looks for providers and runs none of their code. */
  Discovery discover();

  /**
   * A provider of which nothing has run yet.
   *
   * @param className what it is called until its id is known
   * @param isJava whether this is the Java provider, known without asking it
   * @param constructor makes an instance
   */
  record Handle(String className, boolean isJava, Supplier<TransportProvider> constructor) {}

  /**
   * What was found.
   *
   * @param broken what stopped a declared provider from being found at all
   */
  record Discovery(List<Handle> handles, List<Throwable> broken) {}
}
