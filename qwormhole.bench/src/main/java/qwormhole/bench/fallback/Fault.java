package qwormhole.bench.fallback;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Lets what one provider has opened die when told to; leaves the others as they are. Any thread. */
final class Fault implements BiFunction<String, TransportProvider, TransportProvider> {
  private final String id;
  private final List<MortalTransport> opened = new CopyOnWriteArrayList<>();

  /** For the provider of this id. */
  Fault(String id) {
    this.id = id;
  }

  /** Kills what is open; returns the {@code nanoTime} right before. */
  long strike() {
    long now = System.nanoTime();
    opened.forEach(MortalTransport::die);
    return now;
  }

  @Override
  public TransportProvider apply(String of, TransportProvider provider) {
    return of.equals(id) ? new MortalProvider(provider) : provider;
  }

  private final class MortalProvider implements TransportProvider {
    private final TransportProvider provider;

    MortalProvider(TransportProvider provider) {
      this.provider = provider;
    }

    @Override
    public int spiVersion() {
      return provider.spiVersion();
    }

    @Override
    public Availability availability() {
      return provider.availability();
    }

    @Override
    public Transport open(TransportContext context) throws IOException {
      MortalTransport transport = new MortalTransport(provider.open(context), context);
      opened.add(transport);
      return transport;
    }
  }
}
