package qwormhole.java;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * What a link that was closed in order leaves behind for a short time. Closing a socket while input
 * is unread, or before input arrives, makes the kernel send a reset and drop what the peer has not
 * yet received of our last words. So output is shut down and input is dropped, until the peer ends
 * its side too or the time is over.
 */
final class LingeringClose implements KeyHandler {

  static final long NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Descriptors are worth more than courtesy: over this number a close is immediate. */
  static final int MAX_PER_LOOP = 1024;

  private static final int READS_PER_TURN = 4;

  private final EventLoop loop;
  private SelectionKey key; // null when it is over: a timer may hold this object for longer

  private LingeringClose(EventLoop loop, SelectionKey key) {
    this.loop = loop;
    this.key = key;
  }

  /** Takes the channel over from its link; on the loop, while its read buffer is not in use. */
  static void start(EventLoop loop, SocketChannel channel, SelectionKey key) {
    try {
      channel.shutdownOutput();
      if (!dropInput(loop, channel) && loop.startLingering()) {
        LingeringClose lingering = new LingeringClose(loop, key);
        key.attach(lingering);
        key.interestOps(SelectionKey.OP_READ);
        loop.timers().after(NANOS, lingering::finish);
        return;
      }
    } catch (IOException e) {
      // The peer is gone: nothing to linger for.
    }
    Sockets.closeQuietly(channel);
  }

  /** Whether the peer has ended its side. */
  private static boolean dropInput(EventLoop loop, SocketChannel channel) throws IOException {
    for (int i = 0; i < READS_PER_TURN; i++) {
      int count = channel.read(loop.readBuffer().clear());
      if (count <= 0) {
        return count < 0;
      }
    }
    return false;
  }

  @Override
  public void ready(int readyOps) {
    try {
      if (!dropInput(loop, (SocketChannel) key.channel())) {
        return;
      }
    } catch (IOException e) {
      // A reset ends it as well.
    }
    finish();
  }

  @Override
  public void end(Throwable cause) {
    if (cause != null) {
      finish();
    }
  }

  private void finish() {
    if (key != null) {
      Sockets.closeQuietly(key.channel());
      key = null;
      loop.endLingering();
    }
  }
}
