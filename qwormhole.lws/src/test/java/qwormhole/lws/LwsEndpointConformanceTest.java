package qwormhole.lws;

import qwormhole.api.tck.endpoint.EndpointConformance;

class LwsEndpointConformanceTest extends EndpointConformance {
  LwsEndpointConformanceTest() {
    super("lws", "lws");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
