package qwormhole.api.tck.endpoint;

import java.io.IOException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Says and does what another provider does. */
class ForwardingProvider implements TransportProvider {
  private final TransportProvider provider;

  ForwardingProvider(TransportProvider provider) {
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
    return provider.open(context);
  }
}
