package qwormhole.lws;

import qwormhole.api.tck.endpoint.EndpointConformance;

class LwsClientEndpointConformanceTest extends EndpointConformance {
  LwsClientEndpointConformanceTest() {
    super("java", "lws");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
