package qwormhole.api.internal.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

/** Frames that carry a CRC-32C, out and in. */
class FrameChecksumTest {
  private static final int SEGMENT = OutboundQueue.SEGMENT_BYTES;

  private final SegmentPool pool = new SegmentPool(64 << 20);
  private final OutboundQueue queue = new OutboundQueue(pool);

  FrameChecksumTest() {
    queue.addChecksums();
  }

  /** The frame as the protocol has it, made by hand. */
  static byte[] checked(byte[] payload) {
    byte[] head = Bytes.join(Bytes.word(payload.length + 4), payload);
    CRC32C crc = new CRC32C();
    crc.update(head);
    return Bytes.join(head, Bytes.word((int) crc.getValue()));
  }

  @Test
  void aKnownFrameHasItsKnownChecksum() {
    add("123456789".getBytes(US_ASCII));

    assertThat(Bytes.hex(drain())).isEqualTo("0000000d3132333435363738394a59bae8");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 4_087, 4_088, 4_089, 65_470, 65_475, 65_476, 65_479, 131_000, 1_000_000})
  void aFrameEndsWithItsChecksumWhereverItsSegmentsEnd(int length) {
    byte[] payload = Bytes.random(new Random(length), length);
    byte[] small = {1, 2, 3};
    add(small);
    add(payload);
    add(small);

    assertThat(queue.bytes()).isEqualTo(length + 8L + 22);
    assertThat(drain()).isEqualTo(Bytes.join(checked(small), checked(payload), checked(small)));
    assertThat(pool.outBytes()).isZero();
  }

  @Test
  void controlFramesHaveNone() {
    byte[] control = Bytes.control(ControlFrame.PING, new byte[8]);
    queue.add(ByteBuffer.wrap(control), false, Integer.MIN_VALUE, false, false);
    add(new byte[] {9});

    assertThat(drain()).isEqualTo(Bytes.join(control, checked(new byte[] {9})));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 4_096, 100_000})
  void whatIsWrittenIsReadHoweverItIsCut(int chunk) throws Exception {
    Feed feed = new Feed();
    feed.decoder.expectChecksums();
    feed.decoder.allowControl();
    byte[] large = Bytes.random(new Random(1), 2 * SEGMENT);
    byte[] stream =
        Bytes.join(
            checked(new byte[0]),
            checked(large),
            Bytes.control(ControlFrame.PING, new byte[8]),
            checked(new byte[] {7}));
    for (int at = 0; at < stream.length; at += chunk) {
      feed.chunk(stream, at, Math.min(stream.length, at + chunk));
    }

    assertThat(feed.sink.events)
        .containsExactly(
            RecordingSink.frame(new byte[0]),
            RecordingSink.frame(large),
            RecordingSink.control(ControlFrame.PING, new byte[8]),
            RecordingSink.frame(new byte[] {7}));
    feed.assertNothingIsOut();
  }

  @Test
  void everyFlippedBitIsFoundAndNothingBehindItIsDelivered() {
    byte[] good = checked(new byte[] {1, 2, 3, 4, 5, 6, 7});
    for (int bit = 4 * 8; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Feed feed = new Feed();
      feed.decoder.expectChecksums();

      FrameException broken =
          catchThrowableOfType(FrameException.class, () -> feed.chunk(Bytes.join(good, bad, good)));

      assertThat(broken.code()).isEqualTo(ErrorCode.E_CHECKSUM);
      assertThat(feed.sink.events).hasSize(1);
      feed.assertNothingIsOut();
    }
  }

  @Test
  void theLengthWordIsCoveredAsWell() {
    byte[] shorter = checked(new byte[8]);
    shorter[3]--;
    Feed feed = new Feed();
    feed.decoder.expectChecksums();

    assertThat(catchThrowableOfType(FrameException.class, () -> feed.chunk(shorter)).code())
        .isEqualTo(ErrorCode.E_CHECKSUM);
  }

  @Test
  void aFrameTooShortForAChecksumIsBroken() {
    for (int length = 0; length < 4; length++) {
      byte[] frame = Bytes.frame(new byte[length]);
      Feed feed = new Feed();
      feed.decoder.expectChecksums();

      assertThat(catchThrowableOfType(FrameException.class, () -> feed.chunk(frame)).code())
          .isEqualTo(ErrorCode.E_CHECKSUM);
    }
  }

  @Test
  void theLimitIsThatOfThePayload() throws Exception {
    Feed feed = new Feed(100);
    feed.decoder.expectChecksums();
    feed.chunk(checked(new byte[100]));
    assertThat(feed.sink.events).hasSize(1);

    assertThat(
            catchThrowableOfType(FrameException.class, () -> feed.chunk(checked(new byte[101])))
                .code())
        .isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
  }

  private void add(byte[] payload) {
    assertThat(queue.add(ByteBuffer.wrap(payload), true, 0, false, false)).isTrue();
  }

  private byte[] drain() {
    byte[] written = {};
    for (Segment s = queue.take(); s != null; s = queue.take()) {
      written = Bytes.join(written, Bytes.of(s.memory));
      pool.release(s);
    }
    return written;
  }
}
