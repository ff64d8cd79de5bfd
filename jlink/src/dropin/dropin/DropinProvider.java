package dropin;

import java.io.IOException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Shows that it was found; it carries no bytes and says so. */
public final class DropinProvider implements TransportProvider {
  private static final String REASON = "a demonstration of a drop-in jar, it carries no bytes";

  @Override
  public String id() {
    return "dropin";
  }

  @Override
  public int priority() {
    return 1_000;
  }

  @Override
  public boolean isNative() {
    return true;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return new Availability.Unavailable(REASON);
  }

  @Override
  public Transport open(TransportContext context) throws IOException {
    throw new IOException(REASON);
  }
}
