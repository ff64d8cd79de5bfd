package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.spi.Listener;

/** Bytes arrive, all of them, once and in order, however they are cut. */
interface EchoConformance extends Conformance {

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        2,
        Bed.READ_BUFFER_BYTES - 1,
        Bed.READ_BUFFER_BYTES,
        Bed.READ_BUFFER_BYTES + 1,
        4 * Bed.READ_BUFFER_BYTES,
        64 * 1024 - 1,
        64 * 1024 + 1,
        1024 * 1024,
        4 * 1024 * 1024 + 4
      })
  default void echoToARawClient(int size) throws IOException {
    byte[] sent = Payload.of(size);
    RawPeer peer = bed().serve(new Echo());
    CompletableFuture<Void> sending = peer.sendInBackground(sent);
    Payload.assertSame(peer.receive(size), sent);
    Patience.await("the last byte to be sent", sending);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        Bed.READ_BUFFER_BYTES,
        Bed.READ_BUFFER_BYTES + 1,
        64 * 1024 + 1,
        4 * 1024 * 1024 + 4
      })
  default void echoBetweenTwoLinks(int size) throws IOException {
    byte[] sent = Payload.of(size);
    try (Listener listener = bed().listen(Echo::new)) {
      Pump client = bed().connect(listener.address(), new Pump(sent));
      client.awaitReceived(size);
      Payload.assertSame(client.received(), sent);
    }
  }

  @Test
  default void oneByteSegmentsArriveInOrder() throws IOException {
    byte[] sent = Payload.of(3000);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    for (byte each : sent) {
      peer.send(each);
    }
    recorder.awaitReceived(sent.length);
    Payload.assertSame(recorder.received(), sent);
  }

  @Test
  default void oneByteWritesArriveInOrder() throws IOException {
    byte[] sent = Payload.of(3000);
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    for (byte each : sent) {
      recorder.send(new byte[] {each});
    }
    Payload.assertSame(peer.receive(sent.length), sent);
  }

  @Test
  default void bothDirectionsAreIndependent() throws IOException {
    byte[] sent = Payload.of(2 * 1024 * 1024);
    Pump pump = new Pump(sent);
    RawPeer peer = bed().serve(pump);
    CompletableFuture<Void> sending = peer.sendInBackground(sent);
    Payload.assertSame(peer.receive(sent.length), sent);
    Patience.await("the peer's bytes to be sent", sending);
    pump.awaitReceived(sent.length);
    Payload.assertSame(pump.received(), sent);
  }

  @Test
  default void bytesSentWithTheConnectAreRead() throws IOException {
    Recorder recorder = new Recorder();
    try (Listener listener = bed().listen(() -> recorder)) {
      RawPeer peer = bed().dial(listener.address());
      peer.send((byte) 1, (byte) 2, (byte) 3);
      recorder.awaitReceived(3);
    }
    assertThat(recorder.received()).containsExactly(1, 2, 3);
  }
}
