package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A peer that is nothing but a socket and knows frames. */
final class WirePeer implements AutoCloseable {
  final Socket socket;
  private final DataInputStream in;

  WirePeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Deadline.LONG.toMillis());
    this.in = new DataInputStream(socket.getInputStream());
  }

  WirePeer write(byte[]... parts) throws IOException {
    socket.getOutputStream().write(Wire.concat(parts)); // one call: one segment where it fits
    return this;
  }

  WirePeer send(String message) throws IOException {
    return write(Wire.frame(message));
  }

  /** Writes on a thread of its own, for what the other side may not take at once. */
  CompletableFuture<Void> writeInBackground(byte[] bytes) {
    return inBackground(
        () -> {
          write(bytes);
          return null;
        });
  }

  /** A client's first words; a legacy client is told nothing. */
  WirePeer legacy() throws IOException {
    return send(Wire.LEGACY_HANDSHAKE);
  }

  /** A client's handshake that asks, and the server's answer. */
  Frame negotiate() throws IOException {
    send(Wire.SCP_HANDSHAKE);
    Frame answer = read();
    assertThat(answer.json().path("re").asText()).as("the answer's nonce").isEqualTo(Wire.NONCE);
    return answer;
  }

  /** A server's part: takes the client's handshake and answers it. */
  Frame welcome() throws IOException {
    Frame handshake = read();
    send(Wire.answer(handshake.json().at("/caps/scp/nonce").asText()));
    return handshake;
  }

  Frame read() throws IOException {
    int word = in.readInt();
    byte[] payload = new byte[word & 0x7fffffff];
    in.readFully(payload);
    return new Frame(word, payload);
  }

  /** The next frame, which must be a message. */
  byte[] readMessage() throws IOException {
    Frame frame = read();
    assertThat(frame.isControl()).as("%s instead of a message", frame).isFalse();
    return frame.payload();
  }

  String readText() throws IOException {
    return new String(readMessage(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Bytes without frames. */
  byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** The other side must end the connection, in order, without another byte. */
  void assertEnd() throws IOException {
    assertThat(in.read()).as("the end of the stream").isEqualTo(-1);
  }

  /** Waits for either way of ending; returns what still came. */
  byte[] awaitEnd() throws IOException {
    ByteBuffer rest = ByteBuffer.allocate(1 << 20);
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (rest.hasRemaining()) {
          rest.put((byte) next);
        }
      }
    } catch (SocketException | EOFException e) {
      // A reset is an end.
    }
    return Bytes.copy(rest.flip());
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Work that may block in a socket, where no interrupt would end it. */
  static <T> CompletableFuture<T> inBackground(Work<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(work.run());
              } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
              }
            },
            "tck-peer");
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  interface Work<T> {
    T run() throws Exception;
  }
}
