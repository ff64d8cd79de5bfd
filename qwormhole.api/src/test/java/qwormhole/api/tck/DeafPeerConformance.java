package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** A peer that sends and never reads must not keep an echoing server busy. */
interface DeafPeerConformance extends OwnProcess {

  @Test
  default void aServerWhoseSocketsAreFullIsAtRest() throws Exception {
    try (ChildJvm server = run("", Server.class);
        Socket peer = new Socket(Bed.loopback(0).getAddress(), Integer.parseInt(server.line()))) {
      CompletableFuture<Void> sending = RawPeer.inBackground(() -> flood(peer));
      assertThat(server.line()).isEqualTo("full");
      RestTime.assertAtRest(server);
      assertThat(sending).as("the peer's flood").isNotDone();
    }
  }

  private static Void flood(Socket peer) throws IOException {
    OutputStream out = peer.getOutputStream();
    byte[] chunk = new byte[64 * 1024];
    while (true) {
      out.write(chunk);
    }
  }

  /** Echoes, and reads no more while its socket is full. */
  final class Server {

    private Server() {}

    public static void main(String[] arguments) throws Exception {
      Transport transport =
          ProcessConformance.find(arguments[0])
              .open(new TransportContext(1, 64 * 1024, Thread::new, Throwable::printStackTrace));
      Listener listener =
          transport.listen(Bed.loopback(0), SocketOptions.DEFAULTS, remote -> new Patient());
      System.out.println(listener.address().getPort());
      System.in.read();
    }
  }

  /** Keeps what the socket does not take, and reads no more until it is gone. */
  final class Patient implements LinkHandler {
    private final ByteBuffer[] rest = {ByteBuffer.allocateDirect(64 * 1024).limit(0)};
    private Link link;

    @Override
    public void onOpen(Link opened) {
      link = opened;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      rest[0].clear().put(bytes).flip();
      onWritable();
    }

    @Override
    public void onWritable() {
      try {
        link.write(rest, 0, 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (rest[0].hasRemaining()) {
        link.pauseReads();
        link.wantWritable();
        System.out.println("full");
      } else {
        link.resumeReads();
      }
    }

    @Override
    public void onClosed(Throwable cause) {}
  }
}
