package qwormhole.java;

import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.LoopFailureConformance;

class LoopFailureTest extends LoopFailureConformance {

  @Override
  protected TransportProvider provider() {
    return new JavaTransportProvider();
  }

  @Override
  protected void breakLoop(Transport opened, RuntimeException fault) {
    EventLoop loop = ((JavaTransport) opened).nextLoop();
    loop.execute(() -> loop.timers().after(0, () -> fail(fault)));
  }

  private static void fail(RuntimeException fault) {
    throw fault;
  }
}
