package qwormhole.bench.baseline;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The stream once more, by a blocking channel and one buffer, with its own clock: what the bench says of
 * its own clients is held against it. It shares no code with them, on purpose.
 */
public final class PlainStream implements AutoCloseable {
  private static final int HEADER = 4;
  private static final int WRITE_BYTES = 65_483;
  private static final long MARK = 0x5157_484F_4C45_0000L;
  private static final int CONFIRMATION = 40;

  private final SocketChannel channel;
  private final ByteBuffer frames;
  private final ByteBuffer payload;
  private final int size;
  private long next;

  /**
   * Connects to a server of the bench.
   *
   * @param size payload bytes of a message, 9 to 64 KiB less its header
   * @param handshake whether the server wants one first, as QWormhole's does and the bare one does not
   */
  public PlainStream(String host, int port, int size, boolean handshake) throws IOException {
    if (size <= Long.BYTES || size > WRITE_BYTES - HEADER) {
      throw new IllegalArgumentException("size must be 9 to " + (WRITE_BYTES - HEADER));
    }
    this.size = size;
    this.payload = ByteBuffer.allocateDirect(size);
    this.frames = ByteBuffer.allocateDirect(WRITE_BYTES - WRITE_BYTES % (HEADER + size));
    channel = SocketChannel.open(new InetSocketAddress(host, port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (handshake) {
      byte[] hello =
          "{\"type\":\"handshake\",\"version\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
      channel.write(
          ByteBuffer.allocate(HEADER + hello.length).putInt(hello.length).put(hello).flip());
    }
  }

  /**
   * What was seen of a stream.
   *
   * @param nanos from before the first write to the confirmation
   * @param received messages, by the server's account
   * @param right those of them that it found right
   */
  public record Seen(long nanos, long received, long right) {}

  /** Sends so many messages; ends with the server's confirmation, which counts from the beginning. */
  public Seen send(long messages, Duration patience) throws IOException {
    channel.socket().setSoTimeout((int) patience.toMillis());
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      if (frames.remaining() < HEADER + size) {
        write();
      }
      payload.putLong(0, next ^ MARK).put(size - 1, (byte) ~next);
      frames.putInt(size).put(payload.clear());
      next++;
    }
    write();
    DataInputStream in = new DataInputStream(channel.socket().getInputStream());
    if (in.readInt() != CONFIRMATION) {
      throw new IOException("that is no confirmation");
    }
    long received = in.readLong();
    long right = in.readLong();
    in.skipNBytes(CONFIRMATION - 2 * Long.BYTES);
    return new Seen(System.nanoTime() - began, received, right);
  }

  private void write() throws IOException {
    frames.flip();
    while (frames.hasRemaining()) {
      channel.write(frames);
    }
    frames.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
