package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.SocketOptions;

/** {@link Link#pauseReads} and {@link Link#resumeReads}: backpressure towards the peer. */
interface InboundConformance extends Conformance {

  /** More than the kernel keeps for a connection that nobody reads. */
  int FLOOD = 32 * 1024 * 1024;

  @Test
  default void aPausedLinkBlocksItsPeerAndLosesNothing() throws IOException {
    byte[] sent = Payload.of(FLOOD);
    Recorder recorder = new Recorder();
    SocketOptions small = new SocketOptions(null, true, true, 16, 0, 64 * 1024);
    RawPeer peer = bed().serve(small, recorder);
    recorder.link().pauseReads();
    recorder.settle();
    CompletableFuture<Void> sending = peer.sendInBackground(sent);
    assertThat(Patience.soon(sending)).as("the peer could send all").isFalse();
    assertThat(recorder.received()).as("bytes handed over while paused").isEmpty();
    recorder.link().resumeReads();
    Patience.await("the peer to send all", sending);
    recorder.awaitReceived(sent.length);
    Payload.assertSame(recorder.received(), sent);
  }

  @Test
  default void aPauseInOnBytesHoldsBackTheNextBytes() throws IOException {
    AtomicBoolean paused = new AtomicBoolean();
    AtomicInteger pauses = new AtomicInteger();
    AtomicInteger whilePaused = new AtomicInteger();
    Recorder recorder =
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            super.bytes(bytes);
            whilePaused.addAndGet(paused.get() ? 1 : 0);
            link().pauseReads();
            paused.set(true);
            pauses.incrementAndGet();
          }
        };
    byte[] sent = Payload.of(40 * Bed.READ_BUFFER_BYTES);
    RawPeer peer = bed().serve(recorder);
    CompletableFuture<Void> sending = peer.sendInBackground(sent);
    while (recorder.received().length < sent.length) {
      Patience.await("the next bytes and their pause").untilTrue(paused);
      recorder.settle();
      recorder.settle();
      paused.set(false);
      recorder.link().resumeReads();
    }
    Patience.await("the peer to send all", sending);
    assertThat(whilePaused).hasValue(0);
    assertThat(pauses.get()).isGreaterThanOrEqualTo(40);
    Payload.assertSame(recorder.received(), sent);
  }

  @Test
  default void aPauseInOnOpenHoldsBackTheFirstBytes() throws IOException {
    Recorder recorder =
        new Recorder() {
          @Override
          void open(Link link) {
            link.pauseReads();
          }
        };
    RawPeer peer = bed().serve(recorder);
    peer.send((byte) 1);
    CompletableFuture<Void> never = new CompletableFuture<>();
    assertThat(Patience.soon(never)).isFalse();
    assertThat(recorder.received()).isEmpty();
    recorder.link().resumeReads();
    recorder.awaitReceived(1);
  }

  @Test
  default void pauseAndResumeFromManyThreadsLoseNothing() throws IOException {
    byte[] sent = Payload.of(4 * 1024 * 1024);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    CompletableFuture<Void> sending = peer.sendInBackground(sent);
    List<CompletableFuture<Void>> switching = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      switching.add(
          RawPeer.inBackground(
              () -> {
                for (int j = 0; j < 2000; j++) {
                  recorder.link().pauseReads();
                  recorder.link().resumeReads();
                }
                return null;
              }));
    }
    switching.forEach(each -> Patience.await("pauses and resumes", each));
    recorder.link().resumeReads();
    Patience.await("the peer to send all", sending);
    recorder.awaitReceived(sent.length);
    Payload.assertSame(recorder.received(), sent);
  }

  @Test
  default void whatAPeerSentBeforeItsEndIsReadAfterAResume() throws IOException {
    byte[] sent = Payload.of(20_000);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    recorder.link().pauseReads();
    recorder.settle();
    peer.send(sent);
    peer.close();
    recorder.settle();
    recorder.link().resumeReads();
    assertThat(recorder.end()).isEmpty();
    Payload.assertSame(recorder.received(), sent);
  }

  @Test
  default void aPeerThatFloodsDoesNotKeepTheLoopFromOthers() throws IOException {
    AtomicInteger floods = new AtomicInteger();
    Recorder flooded =
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            floods.incrementAndGet();
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000) {
              Thread.onSpinWait(); // slower than the flood, so that there is always more to read
            }
          }
        };
    SocketOptions large = new SocketOptions(null, true, true, 16, 0, 4 * 1024 * 1024);
    RawPeer flooder = bed().serve(large, flooded);
    RawPeer other = bed().serve(new Echo());
    CompletableFuture<Void> flood =
        RawPeer.inBackground(
            () -> {
              byte[] chunk = new byte[256 * 1024];
              while (!flooder.socket.isClosed()) {
                flooder.send(chunk);
              }
              return null;
            });
    Patience.await("the flood").until(() -> floods.get() > 20);
    for (int i = 0; i < 20; i++) {
      other.send((byte) i);
      assertThat(other.receive(1)).containsExactly(i);
    }
    assertThat(flood).as("the flood").isNotDone();
  }
}
