package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** A decoder fed as a provider feeds it: from one buffer, which is overwritten after each call. */
final class Feed {
  static final int MAX_PAYLOAD = 4 << 20;
  private static final byte[] NOISE = new byte[64 << 10];

  static {
    java.util.Arrays.fill(NOISE, (byte) 0xee);
  }

  final SegmentPool pool = new SegmentPool(64 << 20);
  final RecordingSink sink = new RecordingSink();
  final FrameDecoder decoder;
  private final ByteBuffer readBuffer;

  Feed() {
    this(MAX_PAYLOAD);
  }

  Feed(int maxPayload) {
    this(maxPayload, 256 << 10);
  }

  Feed(int maxPayload, int readBufferBytes) {
    decoder = new FrameDecoder(pool, maxPayload);
    readBuffer = ByteBuffer.allocateDirect(readBufferBytes);
  }

  void chunk(byte[] bytes) throws FrameException {
    chunk(bytes, 0, bytes.length);
  }

  /** Bytes from one index to another, at once, or in reads of the read buffer's size. */
  void chunk(byte[] bytes, int from, int to) throws FrameException {
    int at = from;
    do {
      int count = Math.min(to - at, readBuffer.capacity());
      readBuffer.clear().put(bytes, at, count).flip();
      decoder.decode(readBuffer, sink);
      at += count;
      overwrite(count);
    } while (at < to);
  }

  private void overwrite(int count) {
    readBuffer.clear();
    for (int left = count; left > 0; left -= NOISE.length) {
      readBuffer.put(NOISE, 0, Math.min(left, NOISE.length));
    }
  }

  /** Goes on until all that was kept is decoded, however often the sink stops. */
  void resumeAll() throws FrameException {
    while (!decoder.resume(sink)) {
      if (decoder.heldBytes() < 0) {
        throw new AssertionError("held " + decoder.heldBytes());
      }
    }
  }

  void assertNothingIsOut() {
    assertThat(decoder.heldBytes()).isZero();
    assertThat(pool.outBytes()).isZero();
  }
}
