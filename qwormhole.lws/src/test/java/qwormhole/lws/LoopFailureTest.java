package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.TransportContext;

/** A loop that dies takes the transport with it, and says so once. */
class LoopFailureTest {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private final AtomicReference<LwsTransport> transport = new AtomicReference<>();
  private final IllegalStateException death = new IllegalStateException("on purpose");

  @Test
  void everythingIsEndedWithTheCauseAndReportedOnce() throws Exception {
    LwsTransport opened = open(false);
    Probe[] probes = {new Probe(), new Probe()};
    int[] next = {0};
    try (Listener listener =
            opened.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> probes[next[0]++]);
        Socket first = new Socket(listener.address().getAddress(), listener.address().getPort());
        Socket second = new Socket(listener.address().getAddress(), listener.address().getPort())) {
      assertThat(probes[0].link()).isNotNull();
      assertThat(probes[1].link()).isNotNull();
      die(opened);
      assertThat(probes[0].end()).contains(death);
      assertThat(probes[1].end()).as("of the other loop").contains(death);
      assertThat(first.getInputStream().read()).isEqualTo(-1);
      assertThat(second.getInputStream().read()).isEqualTo(-1);
      join();
      new ServerSocket(listener.address().getPort(), 1, listener.address().getAddress()).close();
    }
    opened.close();
    assertThat(reported).containsExactly(death);
  }

  @Test
  void theReportMayCloseTheTransport() throws Exception {
    die(open(true));
    join();
    assertThat(reported).containsExactly(death);
  }

  private LwsTransport open(boolean closing) throws Exception {
    LwsPresence.assume();
    transport.set(
        (LwsTransport)
            Backend.open(
                new TransportContext(
                    2,
                    4096,
                    work -> {
                      Thread thread = new Thread(work, "loop-failure-" + threads.size());
                      threads.add(thread);
                      return thread;
                    },
                    cause -> {
                      reported.add(cause);
                      if (closing) {
                        transport.get().close();
                      }
                    })));
    return transport.get();
  }

  /** Throws where only the loop's own work is done. */
  private void die(LwsTransport opened) {
    LwsLoop loop = opened.nextLoop();
    loop.execute(
        () ->
            loop.timers()
                .after(
                    0,
                    () -> {
                      throw death;
                    }));
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
