package qwormhole.lws;

import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.LoopFailureConformance;

class LoopFailureTest extends LoopFailureConformance {

  @Override
  protected TransportProvider provider() {
    return new LwsTransportProvider();
  }

  @Override
  protected void breakLoop(Transport opened, RuntimeException fault) {
    LwsLoop loop = ((LwsTransport) opened).nextLoop();
    loop.execute(() -> loop.timers().after(0, () -> fail(fault)));
  }

  private static void fail(RuntimeException fault) {
    throw fault;
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}
