package qwormhole.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import qwormhole.bench.load.Limits;

/**
 * Encodes frames into a buffer and writes it whenever it is full, so that all writes but the last
 * have the same size.
 */
final class FrameWriter implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector writable = Selector.open();
  private final ByteBuffer out;
  private long writes;
  private long bytesWritten;

  FrameWriter(SocketChannel channel, int writeBytes) throws IOException {
    this.channel = channel;
    this.out = ByteBuffer.allocateDirect(writeBytes);
  }

  /** Appends a frame with the payload from position 0 to its limit. */
  void append(ByteBuffer payload) throws IOException {
    int length = payload.limit();
    if (out.remaining() < Integer.BYTES + length) {
      appendInParts(payload, length);
      return;
    }
    int position = out.position();
    out.putInt(position, length);
    out.put(position + Integer.BYTES, payload, 0, length);
    out.position(position + Integer.BYTES + length);
  }

  private void appendInParts(ByteBuffer payload, int length) throws IOException {
    if (out.remaining() < Integer.BYTES) {
      flush();
    }
    out.putInt(length);
    int done = 0;
    while (done < length) {
      if (!out.hasRemaining()) {
        flush();
      }
      int count = Math.min(length - done, out.remaining());
      out.put(out.position(), payload, done, count).position(out.position() + count);
      done += count;
    }
  }

  /** Writes what has gathered, waiting for the socket as long as it must. */
  void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      int count = channel.write(out);
      writes++;
      bytesWritten += count;
      if (count == 0) {
        awaitWritable();
      }
    }
    out.clear();
  }

  private void awaitWritable() throws IOException {
    if (channel.keyFor(writable) == null) {
      channel.register(writable, SelectionKey.OP_WRITE);
    }
    if (writable.select(Limits.STALL.toMillis()) == 0) {
      throw new IOException("the peer has not read for " + Limits.STALL.toSeconds() + " s");
    }
    writable.selectedKeys().clear();
  }

  long writes() {
    return writes;
  }

  long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public void close() throws IOException {
    writable.close();
  }
}
