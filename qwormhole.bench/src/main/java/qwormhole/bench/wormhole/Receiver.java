package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/** What the server keeps with a connection: the check of what it brings. */
abstract class Receiver {
  private final Verifier verifier;

  /** {@code oneWay} takes how long sampled messages were under way, or is null. */
  Receiver(SideSpec spec, Histogram oneWay) {
    verifier = new Verifier(spec, oneWay);
  }

  /** Takes a message, on the connection's loop. */
  abstract void receive(Connection<ByteBuffer> connection, ByteBuffer message);

  /** Checks a message; tells whether it was the round's last. */
  final boolean check(ByteBuffer message) {
    return verifier.accept(message, message.position(), message.remaining());
  }

  final void expect(long messages) {
    verifier.expect(messages);
  }

  final Counts counts() {
    return verifier.counts();
  }
}
