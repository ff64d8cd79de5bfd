package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * JSON lines over a socket, between two benches that need not trust each other: a line is bounded, and
 * so is the time that it may take. Used by one thread.
 */
final class LineSocket implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;

  LineSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setKeepAlive(true);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  void write(ObjectNode line) throws IOException {
    socket.getOutputStream().write((Lines.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The next line.
   *
   * @return null at the end
   * @throws SocketTimeoutException when it is not complete in time
   * @throws IOException when it is too long or no JSON object
   */
  ObjectNode read(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (next == end && !fill(deadline)) {
        return null;
      }
      byte one = buffer[next++];
      if (one == '\n') {
        return Lines.read(line.toString(StandardCharsets.UTF_8));
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("a line of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(one);
    }
  }

  private boolean fill(long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("no complete line in time");
    }
    socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  String remote() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
