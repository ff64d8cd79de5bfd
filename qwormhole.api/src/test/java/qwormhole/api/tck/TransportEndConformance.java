package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** {@link Transport#close} ends everything it owns, in time. */
interface TransportEndConformance extends Conformance {

  @Test
  default void closeEndsListenersLinksAndThreads() throws IOException {
    Transport transport = bed().open(2);
    Recorder recorder = new Recorder();
    Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, () -> recorder);
    RawPeer peer = bed().dial(listener.address());
    recorder.link();
    CompletableFuture<byte[]> reading =
        RawPeer.inBackground(
            () -> {
              byte[] all = peer.receiveAll();
              peer.close();
              return all;
            });
    transport.close();
    assertThat(bed().threads.alive()).isEmpty();
    assertThat(recorder.end()).as("cause of an end of ours").isEmpty();
    assertThat(Patience.await("the peer's end", reading)).isEmpty();
    listener.close();
    bed().rawServer(listener.address()).close();
  }

  @Test
  default void closeMayBeRepeatedAndComeFromManyThreads() throws IOException {
    Transport transport = bed().open(2);
    bed().listen(transport, SocketOptions.DEFAULTS, Recorder::new);
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closing.add(
          RawPeer.inBackground(
              () -> {
                transport.close();
                return null;
              }));
    }
    closing.forEach(each -> Patience.await("close", each));
    assertThat(bed().threads.alive()).isEmpty();
    transport.close();
    transport.close(Duration.ZERO);
  }

  @Test
  default void closeOnTheLoopDoesNotWaitForItself() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    Transport transport = bed().transport();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    recorder
        .link()
        .execute(
            () -> {
              transport.close(Duration.ofHours(1));
              closed.complete(null);
            });
    Patience.await("close to return on the loop", closed);
    recorder.end();
    Patience.await("the threads to end").until(() -> bed().threads.alive().isEmpty());
  }

  @Test
  default void closeWaitsNoLongerThanItsGrace() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    Recorder recorder =
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    RawPeer peer = bed().serve(recorder);
    peer.send((byte) 1);
    try {
      blocked.await();
      long start = System.nanoTime();
      bed().transport().close(Duration.ofMillis(100));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      release.countDown();
    }
  }

  @Test
  default void aPeerThatDoesNotEndIsNotWaitedForBeyondTheGrace() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder); // its peer neither reads nor closes
    Duration grace = Duration.ofSeconds(1);
    long start = System.nanoTime();
    bed().transport().close(grace);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(grace.plusSeconds(1));
    assertThat(bed().threads.alive()).isEmpty();
  }

  @Test
  default void nothingBeginsAfterClose() throws IOException {
    Transport transport = bed().open(1);
    Recorder recorder = new Recorder();
    Listener listener = bed().listen(transport, SocketOptions.DEFAULTS, () -> recorder);
    bed().dial(listener.address());
    recorder.link();
    transport.close();
    assertThatThrownBy(() -> bed().listen(transport, SocketOptions.DEFAULTS, Recorder::new))
        .isInstanceOf(IOException.class);
    Recorder late = bed().watched(new Recorder());
    transport.connect(listener.address(), SocketOptions.DEFAULTS, late).cancel();
    assertThat(late.end()).as("why it could not be connected").isPresent();
    assertThat(late.isOpened()).isFalse();
    AtomicBoolean ran = new AtomicBoolean();
    recorder.link().execute(() -> ran.set(true));
    recorder.link().close();
    assertThat(ran).isFalse();
  }

  @Test
  default void whatWasWrittenIsDeliveredToAPeerThatStillSends() throws IOException {
    byte[] sent = Payload.of(50_000);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    recorder.link().pauseReads();
    recorder.settle();
    peer.send(new byte[50_000]);
    recorder.send(sent);
    recorder.link().close();
    CompletableFuture<byte[]> reading =
        RawPeer.inBackground(
            () -> {
              byte[] all = peer.receiveAll();
              peer.close();
              return all;
            });
    bed().transport().close();
    Payload.assertSame(Patience.await("the peer to read", reading), sent);
  }

  @Test
  default void transportsAreIndependent() throws IOException {
    Transport first = bed().open(1);
    Listener listener = bed().listen(first, SocketOptions.DEFAULTS, Echo::new);
    bed().open(1).close();
    RawPeer peer = bed().dial(listener.address());
    peer.send((byte) 3);
    assertThat(peer.receive(1)).containsExactly(3);
  }
}
