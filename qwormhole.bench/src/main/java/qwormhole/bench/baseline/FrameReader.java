package qwormhole.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Reads from a channel and decodes frames where they lie. Only an incomplete one is moved. */
final class FrameReader {
  static final int READ_BYTES = 128 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer in;

  /** Reads frames of at most {@code maxPayload} bytes. */
  FrameReader(SocketChannel channel, int maxPayload) {
    this.channel = channel;
    this.in = ByteBuffer.allocateDirect(Math.max(READ_BYTES, 2 * (Integer.BYTES + maxPayload)));
  }

  /**
   * Reads once and hands over each complete frame.
   *
   * @return the bytes read, 0 when there are none now, -1 at the end
   */
  int read(FrameHandler handler) throws IOException {
    int count = channel.read(in);
    if (count <= 0) {
      return count;
    }
    int position = 0;
    int end = in.position();
    while (end - position >= Integer.BYTES) {
      int length = in.getInt(position);
      int next = position + Integer.BYTES + length;
      if (length < 0 || length > in.capacity() - Integer.BYTES) {
        throw new IOException("a frame of " + length + " bytes");
      }
      if (next > end) {
        break;
      }
      handler.onFrame(in, position + Integer.BYTES, length);
      position = next;
    }
    in.limit(end).position(position).compact();
    return count;
  }
}
