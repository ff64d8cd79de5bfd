package qwormhole.lws;

import qwormhole.api.tck.endpoint.PairingConformance;

class JavaClientPairingTest extends PairingConformance {
  JavaClientPairingTest() {
    super("lws", "java");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
