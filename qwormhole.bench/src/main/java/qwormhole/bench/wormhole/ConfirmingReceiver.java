package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;

/** The end of a stream: confirms the counts behind the last message of a round. */
final class ConfirmingReceiver extends Receiver {
  ConfirmingReceiver(SideSpec spec, Histogram oneWay) {
    super(spec, oneWay);
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
