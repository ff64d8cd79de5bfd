package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import qwormhole.api.Connection;

/** The far end of a ping-pong: checks and sends back. */
final class EchoingReceiver extends Receiver {
  EchoingReceiver(int size) {
    super(size);
  }

  @Override
  void receive(Connection<ByteBuffer> connection, ByteBuffer message) {
    check(message);
    connection.send(message);
  }
}
