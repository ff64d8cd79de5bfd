package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.ProcessConformance;

@ExtendWith(StandIn.class)
class LibsocketProcessConformanceTest extends ProcessConformance {
  LibsocketProcessConformanceTest() {
    super("libsocket");
  }
}
