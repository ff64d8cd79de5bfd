package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** A listening socket that is gone is not waited for: the transport has failed. */
@ExtendWith(StandIn.class)
class ListenerDeathTest {

  private static final int READ = 1;

  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  @Test
  void isReportedOnceAndEndsTheLoops() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Transport transport =
        new LibsocketTransportProvider()
            .open(
                new TransportContext(
                    2,
                    4096,
                    work -> {
                      Thread thread = new Thread(work, "listener-death");
                      threads.add(thread);
                      return thread;
                    },
                    cause -> {
                      reported.add(cause);
                      failed.complete(null);
                    }));
    LibsocketListener listener =
        (LibsocketListener)
            transport.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SocketOptions.DEFAULTS,
                remote -> null);
    // Makes of a listening socket one that cannot accept.
    assertThat(Libsocket.shutdown_inet_stream_socket(listener.fd, READ)).isZero();
    failed.get(30, TimeUnit.SECONDS);
    for (Thread thread : threads) {
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
    transport.close();
    assertThat(reported).singleElement().asString().contains("the listening socket is gone");
  }
}
