package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.tck.endpoint.PairingConformance;

@ExtendWith(StandIn.class)
class LwsClientPairingTest extends PairingConformance {
  LwsClientPairingTest() {
    super("libsocket", "lws");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
