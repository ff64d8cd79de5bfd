package broken;

import qwormhole.api.spi.Availability;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Cannot even be constructed: must not keep the others from being used. */
@ProviderInfo(id = "broken", priority = 2_000)
public final class BrokenProvider implements TransportProvider {

  /** As a library that is missing does it. */
  public BrokenProvider() {
    throw new UnsatisfiedLinkError("no libbroken");
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("");
  }

  @Override
  public Transport open(TransportContext context) {
    throw new IllegalStateException("broken");
  }
}
