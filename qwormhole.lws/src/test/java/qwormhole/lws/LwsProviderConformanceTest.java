package qwormhole.lws;

import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.TransportConformance;

class LwsProviderConformanceTest extends TransportConformance {

  @Override
  protected TransportProvider provider() {
    return new LwsTransportProvider();
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
