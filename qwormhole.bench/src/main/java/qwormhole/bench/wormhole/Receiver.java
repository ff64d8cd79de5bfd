package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import qwormhole.api.Connection;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Verifier;

/** What the server keeps with a connection: the check of what it brings. */
abstract class Receiver {
  private final Verifier verifier;

  Receiver(int size) {
    verifier = new Verifier(size);
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
