package qwormhole.lws;

import qwormhole.api.tck.endpoint.EndpointConformance;

class LwsServerEndpointConformanceTest extends EndpointConformance {
  LwsServerEndpointConformanceTest() {
    super("lws", "java");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
