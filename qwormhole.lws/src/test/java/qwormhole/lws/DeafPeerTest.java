package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** A peer that sends and never reads must not keep an echoing server busy. */
class DeafPeerTest {

  @Test
  void aServerWhoseSocketsAreFullIsAtRest() throws Exception {
    LwsPresence.assume();
    try (ChildJvm server = new ChildJvm("", Server.class);
        Socket peer = new Socket(Probe.ANY_PORT.getAddress(), Integer.parseInt(server.line()))) {
      CompletableFuture<Void> sending = new CompletableFuture<>();
      Thread sender = new Thread(() -> flood(peer, sending), "deaf-peer");
      sender.setDaemon(true);
      sender.start();
      assertThat(server.line()).isEqualTo("full");
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 5 && least > 100; i++) {
        long before = server.cpuMillis();
        new CountDownLatch(1).await(1, TimeUnit.SECONDS);
        least = Math.min(least, server.cpuMillis() - before);
      }
      assertThat(least).as("processor time of a second, in ms").isLessThanOrEqualTo(100);
      assertThat(sending).as("the peer's flood").isNotDone();
    }
  }

  private static void flood(Socket peer, CompletableFuture<Void> ended) {
    try {
      OutputStream out = peer.getOutputStream();
      byte[] chunk = new byte[64 * 1024];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      ended.complete(null);
    }
  }

  /** Echoes, and reads no more while its socket is full. */
  static final class Server {

    private Server() {}

    public static void main(String[] arguments) throws Exception {
      Transport transport =
          new LwsTransportProvider()
              .open(new TransportContext(1, 64 * 1024, Thread::new, Throwable::printStackTrace));
      Listener listener =
          transport.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> new Patient());
      System.out.println(listener.address().getPort());
      System.in.read();
    }
  }

  private static final class Patient extends Probe {
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
  }
}
