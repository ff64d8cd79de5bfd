package qwormhole.api.tck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** A thousand at once. */
interface ManyLinksConformance extends Conformance {

  int LINKS = 1000;

  @Test
  default void aThousandRawClientsAreServedAtOnce() throws IOException {
    byte[] sent = Payload.of(2048);
    Transport transport = bed().open(2);
    try (Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, Echo::new)) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < LINKS; i++) {
        peers.add(bed().dial(listener.address()));
      }
      for (RawPeer peer : peers) {
        peer.send(sent);
      }
      for (RawPeer peer : peers) {
        Payload.assertSame(peer.receive(sent.length), sent);
      }
    }
  }

  @Test
  default void aThousandConnectsAtOnceSucceed() throws IOException {
    byte[] sent = Payload.of(1024);
    Transport servers = bed().open(1);
    Transport clients = bed().open(2);
    try (Listener listener = bed().listen(servers, SocketOptions.DEFAULTS, Echo::new)) {
      List<Pump> pumps = new ArrayList<>();
      for (int i = 0; i < LINKS; i++) {
        Pump pump = bed().watched(new Pump(sent));
        pumps.add(pump);
        clients.connect(listener.address(), SocketOptions.DEFAULTS, pump);
      }
      for (Pump pump : pumps) {
        pump.awaitReceived(sent.length);
        Payload.assertSame(pump.received(), sent);
      }
    }
  }
}
