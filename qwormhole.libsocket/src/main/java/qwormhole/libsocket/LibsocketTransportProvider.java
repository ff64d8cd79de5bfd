package qwormhole.libsocket;

import java.io.IOException;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * The place of the provider over libsocket, which this build does not drive yet: it is found, and
 * says why it cannot be used.
 */
public final class LibsocketTransportProvider implements TransportProvider {

  private static final String REASON =
      "this build of qwormhole.libsocket does not drive libsocket yet; use the Java provider";

  /** For ServiceLoader. */
  public LibsocketTransportProvider() {}

  @Override
  public String id() {
    return "libsocket";
  }

  @Override
  public int priority() {
    return 100;
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
