package qwormhole.libsocket;

import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportProvider;
import qwormhole.api.tck.LoopFailureConformance;

@ExtendWith(StandIn.class)
class LoopFailureTest extends LoopFailureConformance {

  @Override
  protected TransportProvider provider() {
    return new LibsocketTransportProvider();
  }

  @Override
  protected void breakLoop(Transport opened, RuntimeException fault) {
    EpollLoop loop = ((LibsocketTransport) opened).nextLoop();
    loop.execute(() -> loop.timers().after(0, () -> fail(fault)));
  }

  private static void fail(RuntimeException fault) {
    throw fault;
  }
}
