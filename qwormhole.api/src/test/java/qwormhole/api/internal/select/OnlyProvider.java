package qwormhole.api.internal.select;

import java.util.List;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.spi.TransportProvider;

/** A selection that knows one provider, which it takes for the Java one, and no switches. */
public final class OnlyProvider {
  private OnlyProvider() {}

  /** Selects this provider, whatever is asked. */
  public static ProviderSelector selector(TransportProvider provider) {
    String java = ProviderCatalog.JAVA_ID;
    var described = new Guarded<>(new ProviderSource.Description(java, 0, false), null);
    var handle =
        new ProviderSource.Handle(provider.getClass().getName(), java, described, () -> provider);
    return new ProviderSelector(
        () -> new ProviderSource.Discovery(List.of(handle), List.of()),
        new Switches(name -> null, name -> null, Log.writer()),
        Log.writer());
  }
}
