package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.SocketOptions;

/** {@link Link#write} and {@link Link#wantWritable} when the peer is slower than we are. */
interface OutboundConformance extends Conformance {

  @Test
  default void aFullSocketTakesNothingUntilThePeerReads() throws IOException {
    SignalledRecorder recorder = new SignalledRecorder();
    SocketOptions small = new SocketOptions(null, true, true, 16, 64 * 1024, 0);
    RawPeer peer = bed().serve(small, recorder);
    byte[] sent = Payload.of(InboundConformance.FLOOD);
    ByteBuffer[] rest = {ByteBuffer.wrap(sent)};
    fill(recorder, rest);
    assertThat(rest[0].hasRemaining()).as("the kernel took all of it").isTrue();
    assertThat(recorder.link().write(rest, 0, 1)).as("taken by a full socket").isZero();
    int before = recorder.writables();

    CompletableFuture<byte[]> reading = peer.receiveInBackground(sent.length);
    Patience.await("onWritable", recorder.signal);
    recorder.settle();
    assertThat(recorder.writables() - before).as("calls of onWritable for one wish").isEqualTo(1);
    while (rest[0].hasRemaining()) {
      recorder.arm();
      recorder.link().write(rest, 0, 1);
      recorder.link().wantWritable();
      Patience.await("onWritable", recorder.signal);
    }
    Payload.assertSame(Patience.await("the peer to read", reading), sent);
  }

  /** Fills all buffers up to the peer's; a wish for onWritable is pending when it returns. */
  private static void fill(SignalledRecorder recorder, ByteBuffer[] rest) throws IOException {
    boolean moved = true;
    while (moved && rest[0].hasRemaining()) {
      recorder.arm();
      while (recorder.link().write(rest, 0, 1) > 0) {
        // Until the socket is full.
      }
      recorder.link().wantWritable();
      moved = Patience.soon(recorder.signal);
    }
  }

  /** Completes {@link #signal} with the next onWritable. */
  final class SignalledRecorder extends Recorder {
    volatile CompletableFuture<Void> signal = new CompletableFuture<>();

    void arm() {
      signal = new CompletableFuture<>();
    }

    @Override
    void writable() {
      signal.complete(null);
    }
  }

  @Test
  default void aWishIsGrantedOnceHoweverOftenItIsMade() throws IOException {
    SignalledRecorder recorder = new SignalledRecorder();
    bed().serve(recorder);
    Link link = recorder.link();
    link.execute(
        () -> {
          link.wantWritable();
          link.wantWritable();
          link.wantWritable();
        });
    Patience.await("onWritable", recorder.signal);
    recorder.settle();
    recorder.settle();
    assertThat(recorder.writables()).isEqualTo(1);
  }

  @Test
  default void aWishMadeInOnWritableIsGrantedAgain() throws IOException {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    Recorder recorder =
        new Recorder() {
          @Override
          void writable() {
            if (writables() < 10) {
              link().wantWritable();
            } else {
              enough.complete(null);
            }
          }
        };
    bed().serve(recorder);
    recorder.link().wantWritable();
    Patience.await("ten wishes to be granted", enough);
    recorder.settle();
    assertThat(recorder.writables()).isEqualTo(10);
  }

  @Test
  default void wishesFromManyThreadsAreGranted() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    for (int i = 1; i <= 500; i++) {
      int granted = recorder.writables();
      recorder.link().wantWritable();
      Patience.await("onWritable").until(() -> recorder.writables() > granted);
    }
  }

  @Test
  default void writersTakeTurnsWhileTheLoopReads() throws IOException {
    byte[] inbound = Payload.of(4 * 1024 * 1024);
    byte[] outbound = Payload.of(1024 * 1024);
    int writers = 4;
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    CompletableFuture<Void> sending = peer.sendInBackground(inbound);
    CompletableFuture<byte[]> receiving = peer.receiveInBackground(outbound.length);
    ByteBuffer[] rest = {ByteBuffer.wrap(outbound)};
    Object turn = new Object();
    List<CompletableFuture<Void>> writing = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      writing.add(
          RawPeer.inBackground(
              () -> {
                while (writeSome(recorder.link(), rest, turn)) {
                  Thread.onSpinWait();
                }
                return null;
              }));
    }
    for (CompletableFuture<Void> each : writing) {
      Patience.await("a writer", each);
    }
    Payload.assertSame(Patience.await("the peer to read", receiving), outbound);
    Patience.await("the peer to send", sending);
    recorder.awaitReceived(inbound.length);
    Payload.assertSame(recorder.received(), inbound);
  }

  @Test
  default void anInterruptedWriterDoesNotHurtTheLink() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    Thread.currentThread().interrupt();
    try {
      recorder.link().write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {1})}, 0, 1);
      recorder.link().wantWritable();
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
    recorder.send(new byte[] {2});
    assertThat(peer.receive(2)).containsExactly(1, 2);
  }

  /** Writes at most 1000 bytes; false when all is written. */
  private static boolean writeSome(Link link, ByteBuffer[] rest, Object turn) throws IOException {
    synchronized (turn) {
      ByteBuffer all = rest[0];
      int limit = all.limit();
      all.limit(Math.min(limit, all.position() + 1000));
      link.write(rest, 0, 1);
      all.limit(limit);
      return all.hasRemaining();
    }
  }
}
