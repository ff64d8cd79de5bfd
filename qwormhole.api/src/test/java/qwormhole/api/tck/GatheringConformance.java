package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;

/** {@link Link#write} of several buffers. */
interface GatheringConformance extends Conformance {

  @Test
  default void anEmptyWriteTakesNothing() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    ByteBuffer empty = ByteBuffer.allocate(0);
    assertThat(recorder.link().write(new ByteBuffer[] {empty}, 0, 1)).isZero();
    assertThat(recorder.link().write(new ByteBuffer[] {empty, empty}, 0, 2)).isZero();
    recorder.send(new byte[] {7});
    assertThat(peer.receive(1)).containsExactly(7);
  }

  @Test
  default void onlyTheBuffersOfTheRangeAreWritten() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    ByteBuffer[] buffers = {bytes(1), bytes(2, 3), bytes(4), bytes(5)};
    assertThat(recorder.link().write(buffers, 1, 2)).isEqualTo(3);
    assertThat(peer.receive(3)).containsExactly(2, 3, 4);
    assertThat(buffers).extracting(ByteBuffer::position).containsExactly(0, 2, 1, 0);
    assertThat(buffers).extracting(ByteBuffer::limit).containsExactly(1, 2, 1, 1);
  }

  @Test
  default void buffersOfEveryKindAreWrittenFromPositionToLimit() throws IOException {
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put(bytes(9, 1, 2, 9)).flip();
    ByteBuffer slice = bytes(9, 9, 3, 4, 9).position(2).slice().limit(2);
    ByteBuffer[] buffers = {
      direct.position(1).limit(3),
      ByteBuffer.allocate(0),
      slice,
      bytes(5, 6).asReadOnlyBuffer(),
      ByteBuffer.allocateDirect(0)
    };
    assertThat(recorder.link().write(buffers, 0, buffers.length)).isEqualTo(6);
    assertThat(peer.receive(6)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
  }

  @Test
  default void moreBuffersThanASystemCallTakes() throws IOException {
    byte[] sent = Payload.of(5000);
    ByteBuffer[] buffers = new ByteBuffer[sent.length];
    Arrays.setAll(buffers, i -> ByteBuffer.wrap(sent, i, 1));
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    int written = 0;
    while (written < buffers.length) {
      // Each buffer holds one byte, so bytes taken are buffers done.
      written += (int) recorder.link().write(buffers, written, buffers.length - written);
    }
    Payload.assertSame(peer.receive(sent.length), sent);
  }

  @Test
  default void largeMixedBuffersAreTakenInOrder() throws IOException {
    byte[] sent = Payload.of(3 * 1024 * 1024);
    ByteBuffer[] buffers = new ByteBuffer[6];
    for (int i = 0, at = 0; i < buffers.length; i++) {
      int size = i == 5 ? sent.length - at : i * 200_000;
      ByteBuffer buffer = i % 2 == 0 ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
      buffers[i] = buffer.put(sent, at, size).flip();
      at += size;
    }
    Recorder recorder = new Recorder();
    RawPeer peer = bed().serve(recorder);
    var receiving = peer.receiveInBackground(sent.length);
    Patience.await("all buffers to be taken")
        .until(
            () -> {
              int first = 0;
              while (first < buffers.length && !buffers[first].hasRemaining()) {
                first++;
              }
              recorder.link().write(buffers, first, buffers.length - first);
              return !buffers[buffers.length - 1].hasRemaining();
            });
    Payload.assertSame(Patience.await("the peer to read", receiving), sent);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
