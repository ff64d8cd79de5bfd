package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.endpoint.EndpointConformance;

@ExtendWith(StandIn.class)
class LibsocketEndpointConformanceTest extends EndpointConformance {
  LibsocketEndpointConformanceTest() {
    super("libsocket", "libsocket");
  }
}
