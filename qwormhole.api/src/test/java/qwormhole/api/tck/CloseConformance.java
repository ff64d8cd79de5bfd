package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.Listener;

/** {@link Link#close} delivers what was written, {@link Link#abort} resets. */
interface CloseConformance extends Conformance {

  @Test
  default void closeDeliversWhatWasWritten() throws IOException {
    byte[] sent = Payload.of(1024 * 1024);
    Pump pump = new Pump(sent);
    RawPeer peer = bed().serve(pump);
    CompletableFuture<byte[]> receiving = RawPeer.inBackground(peer::receiveAll);
    Patience.await("all to be written", pump.written);
    pump.link().close();
    Payload.assertSame(Patience.await("the peer to read", receiving), sent);
    assertThat(pump.end()).isEmpty();
  }

  @Test
  default void closeDeliversWhatWasWrittenAlthoughInputIsUnread() throws IOException {
    byte[] sent = Payload.of(100_000);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    recorder.link().pauseReads();
    recorder.settle();
    peer.send(new byte[50_000]);
    recorder.send(sent);
    recorder.link().close();
    assertThat(recorder.end()).isEmpty();
    peer.send(new byte[50_000]); // and goes on sending, as it has not yet seen the end
    Payload.assertSame(peer.receiveAll(), sent);
  }

  @Test
  default void closeInOnBytesIsTheLastThingHeard() throws IOException {
    Recorder recorder =
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            super.bytes(bytes);
            link().close();
          }
        };
    RawPeer peer = bed().serve(recorder);
    peer.send(Payload.of(10 * Bed.READ_BUFFER_BYTES));
    assertThat(recorder.end()).isEmpty();
    assertThat(recorder.received().length).isLessThanOrEqualTo(Bed.READ_BUFFER_BYTES);
    peer.assertEnd();
  }

  @Test
  default void closeInOnOpenEndsTheLink() throws IOException {
    Recorder recorder =
        new Recorder() {
          @Override
          void open(Link link) {
            try {
              send(new byte[] {1, 2, 3});
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            link.close();
          }
        };
    RawPeer peer = bed().serve(recorder);
    assertThat(peer.receiveAll()).containsExactly(1, 2, 3);
    assertThat(recorder.end()).isEmpty();
  }

  @Test
  default void abortIsAResetAtThePeer() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    recorder.link().abort();
    assertThat(recorder.end()).as("cause of an end of ours").isEmpty();
    peer.assertReset();
  }

  @Test
  default void abortDropsWhatAFullSocketHolds() throws IOException {
    Pump pump = new Pump(new byte[64 * 1024 * 1024]);
    RawPeer peer = bed().serve(pump);
    peer.receive(1);
    pump.link().abort();
    pump.end();
    peer.assertReset();
  }

  @Test
  default void abortOvertakesAClose() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    Link link = recorder.link();
    link.execute(
        () -> {
          link.close();
          link.abort();
        });
    recorder.end();
    peer.assertReset();
  }

  @Test
  default void closeFromManyThreadsIsHeardOnce() throws IOException {
    for (int i = 0; i < 20; i++) {
      Recorder recorder = new Recorder();
      RawPeer peer = bed().serve(recorder);
      List<CompletableFuture<Void>> ending = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        Runnable end = j % 2 == 0 ? recorder.link()::close : recorder.link()::abort;
        ending.add(
            RawPeer.inBackground(
                () -> {
                  end.run();
                  return null;
                }));
      }
      ending.forEach(each -> Patience.await("close or abort to return", each));
      recorder.end();
      peer.awaitEnd();
    }
  }

  @Test
  default void closeDuringWritesCutsCleanly() throws IOException {
    byte[] sent = Payload.of(64 * 1024 * 1024);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    CompletableFuture<byte[]> receiving = RawPeer.inBackground(peer::receiveAll);
    ByteBuffer[] rest = {ByteBuffer.wrap(sent)};
    CompletableFuture<Void> writing =
        RawPeer.inBackground(
            () -> {
              while (rest[0].hasRemaining()) {
                recorder.link().write(rest, 0, 1);
              }
              return null;
            });
    Patience.await("some bytes to be written").until(() -> rest[0].position() > 200_000);
    recorder.link().close();
    assertThat(recorder.end()).isEmpty();
    Patience.await("the writer to be told").until(writing::isDone);
    byte[] received = Patience.await("the peer to read", receiving);
    if (writing.isCompletedExceptionally()) {
      assertThat(received.length).as("all that was taken").isEqualTo(rest[0].position());
    }
    Payload.assertPrefix(received, sent);
  }

  @Test
  default void bothEndsMayCloseAtOnce() throws IOException {
    try (Listener listener = bed().listen(Echo::new)) {
      for (int i = 0; i < 50; i++) {
        Recorder client = bed().connect(listener.address(), new Recorder());
        client.send(new byte[] {1});
        client.awaitReceived(1);
        client.link().close();
        assertThat(client.end()).isEmpty();
      }
    }
  }
}
