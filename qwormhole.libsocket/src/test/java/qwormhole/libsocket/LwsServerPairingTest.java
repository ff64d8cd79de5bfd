package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.endpoint.PairingConformance;

@ExtendWith(StandIn.class)
class LwsServerPairingTest extends PairingConformance {
  LwsServerPairingTest() {
    super("lws", "libsocket");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
