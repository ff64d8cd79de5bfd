package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import qwormhole.api.QWormholeClient;
import qwormhole.bench.load.Share;

/** A client that is driven by an application thread of its own. */
abstract class ThreadLane extends Lane {

  /** Runs a round on the calling thread. */
  final Share run(long messages) throws IOException {
    adopt();
    return round(client(), messages);
  }

  /** Runs a round; ends when its last message is accounted for. */
  abstract Share round(QWormholeClient<ByteBuffer> sender, long messages) throws IOException;
}
