package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Makes the transports of one provider die when that many bytes have passed through one of them in
 * both directions together, or when told to; other providers are left as they are.
 */
final class Fault implements BiFunction<String, TransportProvider, TransportProvider> {
  private final String id;
  private final long atByte;
  private final List<FaultyTransport> opened = new CopyOnWriteArrayList<>();

  /** A fault of the transports that the provider of this id opens. */
  Fault(String id, long atByte) {
    this.id = id;
    this.atByte = atByte;
  }

  /** A fault that comes only when it is told to. */
  static Fault onDemand(String id) {
    return new Fault(id, Long.MAX_VALUE);
  }

  /** What opened transports die of. */
  static final class InjectedFault extends IOException {
    private static final long serialVersionUID = 1;

    InjectedFault() {
      super("injected fault");
    }
  }

  /** Lets the transports that are open die now. */
  void strike() {
    opened.forEach(FaultyTransport::die);
  }

  @Override
  public TransportProvider apply(String of, TransportProvider provider) {
    return of.equals(id) ? new FaultyProvider(provider) : provider;
  }

  private final class FaultyProvider extends ForwardingProvider {
    FaultyProvider(TransportProvider provider) {
      super(provider);
    }

    @Override
    public Transport open(TransportContext context) throws IOException {
      FaultyTransport transport = new FaultyTransport(super.open(context), context, atByte);
      opened.add(transport);
      return transport;
    }
  }
}
