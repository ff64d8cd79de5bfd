package qwormhole.lws;

import qwormhole.api.tck.endpoint.PairingConformance;

class JavaServerPairingTest extends PairingConformance {
  JavaServerPairingTest() {
    super("java", "lws");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
