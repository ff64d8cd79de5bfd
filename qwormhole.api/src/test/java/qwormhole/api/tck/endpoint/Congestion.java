package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;

/** Sends to a peer that does not read. */
final class Congestion {
  private static final int PIECE = 64 << 10;

  private Congestion() {}

  /** Numbered messages until the kernel takes no more; some of them stay queued. Returns how many. */
  static int fill(Connection<byte[]> connection) {
    int sent = 0;
    long queued = 0;
    for (int still = 0; still < 20; still++) {
      while (connection.statistics().queuedBytes() < PIECE) {
        assertThat(connection.trySend(numbered(sent++))).isEqualTo(SendResult.SENT);
        still = 0;
      }
      queued = awaitChange(connection, queued);
    }
    return sent;
  }

  /** The kernel may still take some: its buffers grow while it works. */
  private static long awaitChange(Connection<byte[]> connection, long queued) {
    long deadline = System.nanoTime() + 5_000_000;
    while (connection.statistics().queuedBytes() == queued && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return connection.statistics().queuedBytes();
  }

  /** Numbered messages until the kernel takes no more and one is refused; returns how many were not. */
  static int flood(Connection<byte[]> connection) {
    int sent = 0;
    long queued;
    do {
      while (connection.trySend(numbered(sent)) == SendResult.SENT) {
        sent++;
        assertThat((long) sent * PIECE)
            .as("accepted for a peer that does not read")
            .isLessThan(1L << 30);
      }
      queued = connection.statistics().queuedBytes();
    } while (!stays(connection, queued));
    return sent;
  }

  private static boolean stays(Connection<byte[]> connection, long queued) {
    for (int still = 0; still < 20; still++) {
      if (awaitChange(connection, queued) != queued) {
        return false;
      }
    }
    return true;
  }

  static byte[] numbered(int number) {
    byte[] message = new byte[PIECE];
    ByteBuffer.wrap(message).putInt(number).putInt(PIECE - 4, ~number);
    return message;
  }

  static void assertNumber(byte[] message, int number) {
    assertThat(message).hasSize(PIECE);
    assertThat(ByteBuffer.wrap(message).getInt()).isEqualTo(number);
    assertThat(ByteBuffer.wrap(message).getInt(PIECE - 4)).isEqualTo(~number);
  }
}
