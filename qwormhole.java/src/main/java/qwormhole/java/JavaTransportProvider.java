package qwormhole.java;

import java.io.IOException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** The provider that is always there. */
@ProviderInfo(id = "java", priority = 0)
public final class JavaTransportProvider implements TransportProvider {

  /** For ServiceLoader. */
  public JavaTransportProvider() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("NIO of Java " + Runtime.version());
  }

  @Override
  public Transport open(TransportContext context) throws IOException {
    return JavaTransport.open(context);
  }
}
