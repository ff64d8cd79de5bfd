package qwormhole.java;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Writes as much as the socket takes. The JDK copies all of a heap buffer before the system call,
 * taken or not, into memory that it keeps for the thread: a slow peer would have a large message
 * copied over and over. So one call is given at most {@value #MAX_COPIED_BYTES} of heap bytes.
 */
final class BoundedWrite {

  static final int MAX_COPIED_BYTES = 256 * 1024;

  private BoundedWrite() {}

  static long write(SocketChannel channel, ByteBuffer[] buffers, int offset, int count)
      throws IOException {
    long total = 0;
    int end = offset + count;
    int from = offset;
    while (true) {
      int to = from;
      long room = MAX_COPIED_BYTES;
      while (to < end && room > 0) {
        ByteBuffer buffer = buffers[to++];
        room -= buffer.isDirect() ? 0 : buffer.remaining();
      }
      if (to == end && room >= 0) {
        return total + one(channel, buffers, from, to);
      }
      ByteBuffer last = buffers[to - 1];
      int limit = last.limit();
      last.limit(limit + (int) Math.min(0, room));
      boolean all;
      try {
        total += one(channel, buffers, from, to);
        all = !last.hasRemaining();
      } finally {
        last.limit(limit);
      }
      if (!all) {
        return total;
      }
      from = last.hasRemaining() ? to - 1 : to;
    }
  }

  private static long one(SocketChannel channel, ByteBuffer[] buffers, int from, int to)
      throws IOException {
    return to - from == 1 ? channel.write(buffers[from]) : channel.write(buffers, from, to - from);
  }
}
