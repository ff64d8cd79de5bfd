package qwormhole.libsocket;

import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.TransportConformance;

class LibsocketProviderConformanceTest extends TransportConformance {

  @Override
  protected TransportProvider provider() {
    return new LibsocketTransportProvider();
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
