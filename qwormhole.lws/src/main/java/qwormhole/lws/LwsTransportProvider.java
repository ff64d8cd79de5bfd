package qwormhole.lws;

import java.io.IOException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * The provider over the system's libwebsockets. Nothing here knows JNA: ServiceLoader links this
 * class even where native providers are switched off.
 */
@ProviderInfo(id = "lws", priority = 200, isNative = true)
public final class LwsTransportProvider implements TransportProvider {

  /** For ServiceLoader. */
  public LwsTransportProvider() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return Backend.availability();
  }

  @Override
  public Transport open(TransportContext context) throws IOException {
    return Backend.open(context);
  }
}
