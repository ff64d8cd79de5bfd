package qwormhole.java;

import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.TransportConformance;

class JavaProviderConformanceTest extends TransportConformance {

  @Override
  protected TransportProvider provider() {
    return new JavaTransportProvider();
  }
}
