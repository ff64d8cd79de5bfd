package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import qwormhole.api.Connection;
import qwormhole.bench.load.Counts;

/** The end of a stream: confirms the counts behind the last message of a round. */
final class ConfirmingReceiver extends Receiver {
  ConfirmingReceiver(int size) {
    super(size);
  }

  @Override
  void receive(Connection<ByteBuffer> connection, ByteBuffer message) {
    if (check(message)) {
      ByteBuffer confirmation = ByteBuffer.allocate(Counts.SIZE);
      counts().write(confirmation);
      connection.send(confirmation.flip());
    }
  }
}
