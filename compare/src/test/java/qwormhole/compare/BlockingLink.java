package qwormhole.compare;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import qwormhole.bench.baseline.BareWrites;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SideSpec;

/** A socket with its buffers and one frame in and out. Used by one thread. */
final class BlockingLink implements AutoCloseable {
  private static final int READ_BYTES = 128 * 1024;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] incoming;
  private final ByteBuffer frame;
  private final byte[] outgoing;

  BlockingLink(Socket socket, SideSpec spec) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BYTES));
    out =
        new DataOutputStream(
            new BufferedOutputStream(socket.getOutputStream(), BareWrites.DEFAULT_BYTES));
    incoming = new byte[Math.max(spec.size(), Counts.SIZE)];
    frame = ByteBuffer.wrap(incoming);
    outgoing = new byte[incoming.length];
  }

  /** A client notices that nothing comes; a server waits for as long as it takes. */
  void failWhenSilent() throws IOException {
    socket.setSoTimeout((int) Limits.STALL.toMillis());
  }

  /** Reads a frame; it is in the buffer from 0 to its limit. */
  ByteBuffer read() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > incoming.length) {
      throw new IOException("a frame of " + length + " bytes");
    }
    in.readFully(incoming, 0, length);
    return frame.clear().limit(length);
  }

  /** Whether something can be read without waiting for it. */
  boolean hasMore() throws IOException {
    return in.available() >= Integer.BYTES;
  }

  void write(ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    payload.get(payload.position(), outgoing, 0, length);
    out.writeInt(length);
    out.write(outgoing, 0, length);
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
