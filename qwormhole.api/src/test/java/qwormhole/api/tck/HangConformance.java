package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** {@link Transport#loops}, and what must be possible although one of them hangs. */
interface HangConformance extends Conformance {

  /** What is done while a loop hangs. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws IOException;
  }

  /** Blocks a loop in the provider's code for as long as something else is done. */
  private static void whileItHangs(Transport.Loop loop, Meanwhile meanwhile) throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    loop.executor()
        .execute(
            () -> {
              begun.countDown();
              await(over);
            });
    await(begun);
    try {
      meanwhile.run();
    } finally {
      over.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Patience.LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Transport.Loop firstLoop(Transport transport) {
    return transport.loops().stream()
        .findFirst()
        .orElseGet(() -> abort("the provider's loops are not watched"));
  }

  @Test
  default void loopsAreTheThreadsThatCallTheCore() throws IOException {
    Transport transport = bed().open(2);
    firstLoop(transport);
    assertThat(transport.loops()).extracting(Transport.Loop::thread).doesNotHaveDuplicates();
    assertThat(transport.loops()).hasSize(2);
    for (Transport.Loop loop : transport.loops()) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      loop.executor().execute(() -> ran.complete(Thread.currentThread()));
      assertThat(Patience.await("a task", ran)).isSameAs(loop.thread());
    }
    Recorder recorder = new Recorder();
    try (Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, () -> recorder)) {
      bed().dial(listener.address());
      recorder.link();
    }
    assertThat(transport.loops()).extracting(Transport.Loop::thread).contains(recorder.loop());
  }

  @Test
  default void aPortIsFreeAfterCloseAlthoughItsLoopHangs() throws IOException {
    Transport transport = bed().open(1);
    Recorder recorder = new Recorder();
    Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, () -> recorder);
    InetSocketAddress address = listener.address();
    RawPeer peer = bed().dial(address);
    recorder.link();
    whileItHangs(
        firstLoop(transport),
        () -> {
          long start = System.nanoTime();
          listener.close();
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isLessThan(Duration.ofSeconds(10));
          bed().open(1).listen(address, SocketOptions.DEFAULTS, remote -> null).close();
          bed().rawServer(address).close();
        });
    recorder.settle();
    peer.send((byte) 1);
    recorder.awaitReceived(1);
  }

  @Test
  default void aPortIsFreeAfterCloseAlthoughAHandlerHangsInWhatItReads() throws IOException {
    Transport transport = bed().open(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Recorder hanging =
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            begun.countDown();
            await(over);
            super.bytes(bytes);
          }
        };
    Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, () -> hanging);
    RawPeer peer = bed().dial(listener.address());
    peer.send((byte) 1);
    await(begun);
    try {
      listener.close();
      bed().open(1).listen(listener.address(), SocketOptions.DEFAULTS, remote -> null).close();
    } finally {
      over.countDown();
    }
    hanging.awaitReceived(1);
    peer.send((byte) 2);
    hanging.awaitReceived(2);
  }

  @Test
  default void aPeerSeesTheEndOfALinkThatIsSeveredAlthoughItsLoopHangs() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    recorder.send(new byte[] {1, 2, 3});
    whileItHangs(
        firstLoop(bed().transport()),
        () -> {
          recorder.link().sever();
          assertThat(peer.receiveAll()).containsExactly(1, 2, 3);
          recorder.link().sever();
        });
    peer.close();
    recorder.end();
    recorder.link().sever();
  }

  @Test
  default void aCloseDoesNotWaitForALoopThatHangsBeyondItsGrace() throws IOException {
    Transport transport = bed().open(2);
    whileItHangs(
        firstLoop(transport),
        () -> {
          long start = System.nanoTime();
          transport.close(Duration.ofMillis(100));
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isLessThan(Duration.ofSeconds(10));
        });
  }

  @Test
  default void aListenerMayBeClosedWhileItsAcceptorBlocks() throws IOException {
    Transport transport = bed().open(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Listener listener =
        transport.listen(
            Bed.loopback(0),
            SocketOptions.DEFAULTS,
            remote -> {
              begun.countDown();
              await(over);
              return null;
            });
    bed().dial(listener.address());
    bed().dial(listener.address());
    await(begun);
    listener.close();
    over.countDown();
    Recorder recorder = new Recorder();
    try (Listener next = bed().listen(transport, SocketOptions.DEFAULTS, () -> recorder)) {
      bed().dial(next.address()).send((byte) 1);
      recorder.awaitReceived(1);
    }
  }
}
