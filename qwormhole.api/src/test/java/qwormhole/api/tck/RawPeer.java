package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;

/** A peer that is nothing but a socket. */
final class RawPeer implements AutoCloseable {

  final Socket socket;

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Patience.LONG.toMillis());
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  InetSocketAddress remoteAddress() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends without waiting until the other side has room. */
  CompletableFuture<Void> sendInBackground(byte[] bytes) {
    return inBackground(
        () -> {
          send(bytes);
          return null;
        });
  }

  CompletableFuture<byte[]> receiveInBackground(int count) {
    return inBackground(() -> receive(count));
  }

  byte[] receive(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Everything to the end of the stream. */
  byte[] receiveAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void assertEnd() throws IOException {
    assertThat(socket.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
  }

  void assertReset() {
    assertThatThrownBy(this::receiveAll)
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  /** Waits for either way of ending. */
  void awaitEnd() throws IOException {
    InputStream in = socket.getInputStream();
    try {
      in.readAllBytes();
    } catch (SocketException e) {
      // A reset is an end.
    }
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
