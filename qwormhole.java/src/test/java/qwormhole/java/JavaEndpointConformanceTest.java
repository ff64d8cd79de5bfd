package qwormhole.java;

import qwormhole.api.tck.endpoint.EndpointConformance;

class JavaEndpointConformanceTest extends EndpointConformance {
  JavaEndpointConformanceTest() {
    super("java", "java");
  }
}
