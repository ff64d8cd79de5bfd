package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import qwormhole.api.Connection;
import qwormhole.bench.load.SideSpec;

/** The far end of a ping-pong: checks and sends back. */
final class EchoingReceiver extends Receiver {
  EchoingReceiver(SideSpec spec) {
    super(spec, null);
  }

  @Override
  void receive(Connection<ByteBuffer> connection, ByteBuffer message) {
    check(message);
    connection.send(message);
  }
}
