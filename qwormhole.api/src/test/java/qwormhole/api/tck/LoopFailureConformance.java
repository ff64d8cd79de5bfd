package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * A loop that dies takes the transport with it, and says so once. No handler can make a loop die: the
 * provider's own test, which extends this, knows how.
 */
public abstract class LoopFailureConformance {

  private final LoopThreads threads = new LoopThreads();
  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private final AtomicReference<Transport> transport = new AtomicReference<>();
  private final IllegalStateException death = new IllegalStateException("on purpose");

  /**
   * Makes the provider under test.
   *
   * @return a new provider
   */
  protected abstract TransportProvider provider();

  /**
   * Has a loop of a transport throw where only its own work is done.
   *
   * @param opened a transport of the provider
   * @param fault what to throw
   */
  protected abstract void breakLoop(Transport opened, RuntimeException fault);

  /**
   * Whether the provider may be unavailable where the tests run.
   *
   * @return false unless overridden
   */
  protected boolean mayBeUnavailable() {
    return false;
  }

  @BeforeEach
  final void prepare() {
    Presence.check(provider(), mayBeUnavailable());
  }

  @Test
  final void everythingIsEndedWithTheCauseAndReportedOnce() throws Exception {
    Transport opened = open(false);
    Recorder[] handlers = {new Recorder(), new Recorder()};
    int[] next = {0};
    try (Listener listener =
            opened.listen(Bed.loopback(0), SocketOptions.DEFAULTS, remote -> handlers[next[0]++]);
        Bed bed = new Bed(provider())) {
      RawPeer first = bed.dial(listener.address());
      RawPeer second = bed.dial(listener.address());
      handlers[0].link();
      handlers[1].link();
      breakLoop(opened, death);
      assertThat(handlers[0].end()).contains(death);
      assertThat(handlers[1].end()).as("of the other loop").contains(death);
      first.assertEnd();
      second.assertEnd();
      join();
      new ServerSocket(listener.address().getPort(), 1, listener.address().getAddress()).close();
    }
    opened.close();
    assertThat(reported).containsExactly(death);
  }

  @Test
  final void theReportMayCloseTheTransport() throws Exception {
    breakLoop(open(true), death);
    join();
    assertThat(reported).containsExactly(death);
  }

  private Transport open(boolean closing) throws Exception {
    TransportContext context =
        new TransportContext(
            2,
            4096,
            threads,
            cause -> {
              reported.add(cause);
              if (closing) {
                transport.get().close();
              }
            });
    transport.set(provider().open(context));
    return transport.get();
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads.made()) {
      thread.join(Patience.LONG.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
