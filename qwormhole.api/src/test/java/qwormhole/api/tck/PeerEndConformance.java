package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;

/** How a link ends when its peer ends it. */
interface PeerEndConformance extends Conformance {

  @Test
  default void aHalfCloseEndsTheLinkAfterItsBytes() throws IOException {
    byte[] sent = Payload.of(1024 * 1024);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    peer.send(sent);
    peer.halfClose();
    assertThat(recorder.end()).as("cause of an orderly end").isEmpty();
    Payload.assertSame(recorder.received(), sent);
    peer.assertEnd();
  }

  @Test
  default void aCloseWithoutAByteIsOrderly() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder).close();
    assertThat(recorder.end()).isEmpty();
    assertThat(recorder.received()).isEmpty();
  }

  @Test
  default void aResetEndsTheLinkWithACause() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    peer.send((byte) 1);
    recorder.awaitReceived(1);
    peer.reset();
    assertThat(recorder.end()).get().isInstanceOf(IOException.class);
  }

  @Test
  default void aResetIsNoticedByTheWriterOrTheLoop() throws IOException {
    Pump pump = new Pump(new byte[64 * 1024 * 1024]);
    RawPeer peer = bed().serve(pump);
    peer.receive(100_000);
    peer.reset();
    assertThat(pump.end()).isPresent();
  }

  @Test
  default void onClosedMayAskForTheLinksAddresses() throws IOException {
    AtomicReference<Object> remote = new AtomicReference<>();
    Recorder recorder =
        new Recorder() {
          @Override
          void closed(Throwable cause) {
            remote.set(link().remoteAddress());
          }
        };
    RawPeer peer = bed().serve(recorder);
    Object expected = peer.localAddress();
    peer.close();
    recorder.end();
    Patience.await("the address").untilAsserted(() -> assertThat(remote).hasValue(expected));
  }

  @Test
  default void everythingIsAllowedAndNothingHappensAfterTheEnd() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder).close();
    recorder.end();
    Link link = recorder.link();
    link.wantWritable();
    link.pauseReads();
    link.resumeReads();
    link.close();
    link.abort();
    link.close();
    assertThat(link.inLoop()).isFalse();
    assertThat(link.localAddress()).isNotNull();
    assertThat(write(link)).as("a write after the end").isInstanceOf(IOException.class);
  }

  private static Exception write(Link link) {
    try {
      link.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
