package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.TransportConformance;

@ExtendWith(StandIn.class)
class LibsocketProviderConformanceTest extends TransportConformance {

  @Override
  protected TransportProvider provider() {
    return new LibsocketTransportProvider();
  }
}
