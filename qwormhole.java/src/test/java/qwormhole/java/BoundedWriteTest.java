package qwormhole.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random buffers into a channel that takes random amounts. */
class BoundedWriteTest {

  @RepeatedTest(60)
  void everyByteIsWrittenOnceInOrderAndFewAreCopied(RepetitionInfo info) throws IOException {
    Random random = new Random(info.getCurrentRepetition());
    ByteBuffer[] buffers = buffers(random);
    byte[] expected = content(buffers);
    Taker taker = new Taker(random);
    long written = 0;
    while (written < expected.length) {
      int first = 0;
      while (!buffers[first].hasRemaining()) {
        first++;
      }
      long taken = BoundedWrite.write(taker, buffers, first, buffers.length - first);
      assertThat(taken < expected.length - written)
          .as("less than all is taken only by a channel that is full")
          .isEqualTo(taker.full);
      written += taken;
    }
    assertThat(written).isEqualTo(expected.length);
    assertThat(taker.taken.toByteArray()).isEqualTo(expected);
    assertThat(taker.mostHeapBytes).isLessThanOrEqualTo(BoundedWrite.MAX_COPIED_BYTES);
  }

  private static ByteBuffer[] buffers(Random random) {
    ByteBuffer[] buffers = new ByteBuffer[1 + random.nextInt(6)];
    for (int i = 0; i < buffers.length; i++) {
      int size =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> BoundedWrite.MAX_COPIED_BYTES - 1 + random.nextInt(3);
            default -> random.nextInt(3 * BoundedWrite.MAX_COPIED_BYTES);
          };
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      ByteBuffer buffer =
          random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
      buffers[i] = buffer.put(bytes).flip();
    }
    return buffers;
  }

  private static byte[] content(ByteBuffer[] buffers) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      content.writeBytes(bytes);
    }
    return content.toByteArray();
  }

  /** Takes all, or by chance a part. */
  private static final class Taker extends FakeChannel {
    private final Random random;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private long mostHeapBytes;
    private boolean full;

    Taker(Random random) {
      this.random = random;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
      long offered = 0;
      long heap = 0;
      for (int i = offset; i < offset + length; i++) {
        offered += buffers[i].remaining();
        heap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
      }
      mostHeapBytes = Math.max(mostHeapBytes, heap);
      long takes = random.nextInt(3) == 0 ? random.nextLong(offered + 1) : offered;
      full = takes < offered;
      long left = takes;
      for (int i = offset; left > 0; i++) {
        byte[] part = new byte[(int) Math.min(left, buffers[i].remaining())];
        buffers[i].get(part);
        taken.writeBytes(part);
        left -= part.length;
      }
      return takes;
    }

    @Override
    public int write(ByteBuffer buffer) {
      return (int) write(new ByteBuffer[] {buffer}, 0, 1);
    }
  }
}
