package qwormhole.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.TransportContext;

/** What the conformance kit does not ask of every provider. */
class NioLinkTest {

  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private JavaTransport transport;

  @BeforeEach
  void open() throws IOException {
    transport =
        JavaTransport.open(
            new TransportContext(
                1,
                4096,
                work -> {
                  Thread thread = new Thread(work, "nio-link-test");
                  thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
                  return thread;
                },
                cause -> {
                  throw new AssertionError(cause);
                }));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void lastWordsOfAPeerAreReadAlthoughAWriteHasFailed() throws Exception {
    String lastWords = "many buffers of them; ".repeat(4000);
    Probe probe = new Probe();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Listener listener = listen(probe)) {
      Socket peer = dial(listener);
      probe
          .link()
          .execute(
              () -> {
                blocked.countDown();
                awaitQuietly(release);
              });
      blocked.await();
      // Unread input makes the peer's close a reset; the loop cannot read before it has come.
      write(probe, 1);
      peer.getOutputStream().write(lastWords.getBytes(StandardCharsets.UTF_8));
      while (peer.getInputStream().available() == 0) {
        Thread.onSpinWait();
      }
      peer.close();
      assertThatThrownBy(
              () -> {
                while (true) {
                  write(probe, 1);
                }
              })
          .isInstanceOf(IOException.class);
      release.countDown();
      assertThat(probe.end()).isPresent();
      assertThat(probe.received.toString(StandardCharsets.UTF_8)).isEqualTo(lastWords);
    }
  }

  @Test
  void aPeerThatNeverEndsIsCutOffAfterAClose() throws Exception {
    Probe probe = new Probe();
    try (Listener listener = listen(probe);
        Socket peer = dial(listener)) {
      long start = System.nanoTime();
      probe.link().close();
      assertThat(probe.end()).isEmpty();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(
              () -> {
                while (System.nanoTime() - start < 20_000_000_000L) {
                  peer.getOutputStream().write(1);
                }
              })
          .isInstanceOf(SocketException.class);
      long took = System.nanoTime() - start;
      assertThat(took).isGreaterThanOrEqualTo(LingeringClose.NANOS);
    }
  }

  @Test
  void aSocketThatConnectsToItselfIsNoConnection() throws Exception {
    InetSocketAddress free;
    try (ServerSocket server = new ServerSocket(0, 1, Probe.ANY_PORT.getAddress())) {
      free = (InetSocketAddress) server.getLocalSocketAddress();
    }
    Probe probe = new Probe();
    transport.connect(free, new SocketOptions(free, true, true, 1, 0, 0), probe);
    assertThat(probe.end()).get().isInstanceOf(ConnectException.class);
    assertThat(probe.opened).isNotDone();
  }

  @Test
  void anAcceptorThatThrowsRefuses() throws Exception {
    AtomicBoolean fault = new AtomicBoolean(true);
    EchoProbe echo = new EchoProbe();
    IllegalStateException thrown = new IllegalStateException("on purpose");
    try (Listener listener =
        transport.listen(
            Probe.ANY_PORT,
            SocketOptions.DEFAULTS,
            remote -> {
              if (fault.get()) {
                throw thrown;
              }
              return echo;
            })) {
      try (Socket refused = dial(listener)) {
        assertThat(refused.getInputStream().read()).isEqualTo(-1);
      } catch (SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      }
      fault.set(false);
      assertEchoes(listener);
    }
    assertThat(uncaught).containsExactly(thrown);
  }

  @Test
  void anInterruptOfTheLoopNeitherEndsNorSpinsIt() throws Exception {
    Probe probe = new Probe();
    try (Listener listener = listen(probe);
        Socket peer = dial(listener)) {
      Link link = probe.link();
      CountDownLatch later = new CountDownLatch(1);
      AtomicBoolean interrupted = new AtomicBoolean();
      link.execute(
          () -> {
            Thread.currentThread().interrupt();
            link.execute(
                () -> {
                  interrupted.set(Thread.currentThread().isInterrupted());
                  later.countDown();
                });
          });
      later.await();
      assertThat(interrupted).isFalse();
      peer.getOutputStream().write(9);
      peer.shutdownOutput();
      assertThat(probe.end()).isEmpty();
      assertThat(probe.received.toByteArray()).containsExactly(9);
    }
  }

  private Listener listen(LinkHandler handler) throws IOException {
    return transport.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> handler);
  }

  private static Socket dial(Listener listener) throws IOException {
    Socket socket = new Socket(listener.address().getAddress(), listener.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void assertEchoes(Listener listener) throws IOException {
    try (Socket peer = dial(listener)) {
      peer.getOutputStream().write(8);
      assertThat(peer.getInputStream().read()).isEqualTo(8);
    }
  }

  private static void write(Probe probe, int size) throws Exception {
    probe.link().write(new ByteBuffer[] {ByteBuffer.allocate(size)}, 0, 1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
