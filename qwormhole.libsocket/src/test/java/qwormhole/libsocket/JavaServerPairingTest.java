package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.endpoint.PairingConformance;

@ExtendWith(StandIn.class)
class JavaServerPairingTest extends PairingConformance {
  JavaServerPairingTest() {
    super("java", "libsocket");
  }
}
