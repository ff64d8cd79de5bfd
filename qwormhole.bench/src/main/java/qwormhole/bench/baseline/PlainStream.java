package qwormhole.bench.baseline;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The stream once more, by a blocking socket and a byte array, with its own clock: what the bench says
 * of its own clients is held against it. It shares no code with them, on purpose.
 */
public final class PlainStream implements AutoCloseable {
  private static final int HEADER = 4;
  private static final int WRITE_BYTES = 65_483;
  private static final long MARK = 0x5157_484F_4C45_0000L;
  private static final int CONFIRMATION = 40;

  private final Socket socket;
  private final byte[] block;
  private final ByteBuffer frames;
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
    this.block = new byte[WRITE_BYTES - WRITE_BYTES % (HEADER + size)];
    this.frames = ByteBuffer.wrap(block);
    socket = new Socket(host, port);
    socket.setTcpNoDelay(true);
    if (handshake) {
      byte[] hello =
          "{\"type\":\"handshake\",\"version\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
      ByteBuffer frame = ByteBuffer.allocate(HEADER + hello.length);
      socket.getOutputStream().write(frame.putInt(hello.length).put(hello).array());
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
    socket.setSoTimeout((int) patience.toMillis());
    OutputStream out = socket.getOutputStream();
    long began = System.nanoTime();
    int length = 0;
    for (long i = 0; i < messages; i++) {
      if (length + HEADER + size > block.length) {
        out.write(block, 0, length);
        length = 0;
      }
      frames.putInt(length, size);
      frames.putLong(length + HEADER, next ^ MARK);
      block[length + HEADER + size - 1] = (byte) ~next;
      next++;
      length += HEADER + size;
    }
    out.write(block, 0, length);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    if (in.readInt() != CONFIRMATION) {
      throw new IOException("that is no confirmation");
    }
    long received = in.readLong();
    long right = in.readLong();
    in.skipNBytes(CONFIRMATION - 2 * Long.BYTES);
    return new Seen(System.nanoTime() - began, received, right);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
