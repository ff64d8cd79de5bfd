package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.endpoint.PairingConformance;

@ExtendWith(StandIn.class)
class JavaClientPairingTest extends PairingConformance {
  JavaClientPairingTest() {
    super("libsocket", "java");
  }
}
