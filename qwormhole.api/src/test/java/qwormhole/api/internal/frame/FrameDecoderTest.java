package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

class FrameDecoderTest {
  private static final Duration FAR_MORE_THAN_LINEAR = Duration.ofSeconds(60);
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

  private final Feed feed = new Feed();

  @Test
  void whatComesAfterAStopFromOutsideWaitsForResume() throws FrameException {
    feed.decoder.stop();
    feed.chunk(Bytes.frame(HELLO));
    feed.chunk(Bytes.frame(HELLO));
    assertThat(feed.sink.events).isEmpty();
    assertThat(feed.decoder.resume(feed.sink)).isTrue();
    assertThat(feed.sink.events).hasSize(2);
    feed.assertNothingIsOut();
  }

  // limits

  @ParameterizedTest
  @CsvSource({
    "0xFFFFFFFF, 4294967295",
    "0x80000000, 2147483648",
    "0x7FFFFFFF, 2147483647",
    "0x00400001, 4194305"
  })
  void aLengthOverTheLimitEndsDecodingOnTheHeaderAlone(String word, String length)
      throws FrameException {
    feed.chunk(Bytes.frame(HELLO));

    assertBroken(
        Bytes.word((int) Long.decode(word).longValue()),
        ErrorCode.E_FRAME_TOO_LARGE,
        "frame length " + length + " exceeds the limit 4194304");

    feed.chunk(Bytes.frame(HELLO));
    assertThat(feed.sink.events).containsExactly(RecordingSink.frame(HELLO));
    feed.assertNothingIsOut();
  }

  @Test
  void nothingBehindABadHeaderIsDelivered() {
    byte[] stream = Bytes.join(Bytes.word(-1), Bytes.frame(HELLO));
    assertBroken(stream, ErrorCode.E_FRAME_TOO_LARGE, "frame length 4294967295 exceeds");
    assertThat(feed.sink.events).isEmpty();
  }

  @Test
  void aBadHeaderInPiecesIsRefusedWithItsLastByte() throws FrameException {
    feed.chunk(Bytes.hex("7fffff"));
    assertBroken(Bytes.hex("ff"), ErrorCode.E_FRAME_TOO_LARGE, "frame length 2147483647");
    feed.assertNothingIsOut();
  }

  @Test
  void theLimitIsInclusiveAndMayBeRaised() throws FrameException {
    Feed small = new Feed(4);
    small.chunk(Bytes.frame(Bytes.hex("01020304")));
    small.decoder.maxPayload(5);
    small.chunk(Bytes.frame(HELLO));
    assertThat(small.sink.events).hasSize(2);
  }

  @Test
  void aLimitRaisedByTheSinkHoldsForTheNextFrameOfTheSameChunk() throws FrameException {
    Feed small = new Feed(1);
    small.sink.goOn =
        () -> {
          small.decoder.maxPayload(HELLO.length);
          return true;
        };
    small.chunk(Bytes.join(Bytes.frame(new byte[1]), Bytes.frame(HELLO)));
    assertThat(small.sink.events).hasSize(2);
  }

  @Test
  void aMillionEmptyFramesAreAMillionMessages() throws FrameException {
    Counter counter = new Counter();
    ByteBuffer chunk = ByteBuffer.allocateDirect(4_000);
    for (int i = 0; i < 1_000; i++) {
      feed.decoder.decode(chunk.clear(), counter);
    }
    assertThat(counter.frames).isEqualTo(1_000_000);
    feed.assertNothingIsOut();
  }

  // memory and cost

  @Test
  void memoryFollowsTheBytesReceivedNotTheLengthDeclared() throws FrameException {
    byte[] stream = Bytes.frame(Bytes.random(new Random(1), 4 << 20));
    int at = 0;
    for (int size : new int[] {5, 1_000, 3_000, 10_000, 100_000}) {
      feed.chunk(stream, at, at + size);
      at += size;
      assertThat(feed.decoder.heldBytes()).isEqualTo(at);
      assertThat(feed.pool.outBytes()).isBetween((long) at, 4096L + 4L * at);
    }
    feed.decoder.end();
    feed.assertNothingIsOut();
  }

  @Test
  void aLargeFrameInSingleBytesCostsLinearTime() {
    byte[] payload = Bytes.random(new Random(2), 4 << 20);
    byte[] stream = Bytes.frame(payload);
    assertTimeoutPreemptively(
        FAR_MORE_THAN_LINEAR,
        () -> {
          ByteBuffer chunk = ByteBuffer.allocateDirect(1);
          for (byte b : stream) {
            feed.decoder.decode(chunk.clear().put(0, b), feed.sink);
          }
        });
    assertThat(feed.sink.events).containsExactly(RecordingSink.frame(payload));
    feed.assertNothingIsOut();
  }

  @Test
  void stoppingAtEachOfManyFramesCostsLinearTime() throws FrameException {
    int frames = 2 << 20;
    Counter counter = new Counter();
    counter.goOn = false;
    assertTimeoutPreemptively(
        FAR_MORE_THAN_LINEAR,
        () -> {
          feed.decoder.decode(ByteBuffer.allocateDirect(frames * 4), counter);
          for (int i = 0; !feed.decoder.resume(counter); i++) {
            if (i > frames) {
              throw new AssertionError("it never ends");
            }
          }
        });
    assertThat(counter.frames).isEqualTo(frames);
    feed.assertNothingIsOut();
  }

  @Test
  void whatWaitsBehindAFrameThatStoppedTakesNoRoomTwice() throws FrameException {
    feed.sink.goOn = () -> false;
    byte[] stream = Bytes.frame(new byte[4_092]);
    for (int i = 0; i < 100; i++) {
      feed.chunk(stream);
      feed.chunk(stream);
      feed.decoder.resume(feed.sink);
      feed.decoder.resume(feed.sink);
      assertThat(feed.pool.outBytes()).isLessThanOrEqualTo(16 << 10);
    }
    assertThat(feed.sink.events).hasSize(200);
    feed.decoder.resume(feed.sink);
    feed.assertNothingIsOut();
  }

  @Test
  void withoutMemoryForAFrameInPiecesDecodingEnds() {
    FrameDecoder decoder = new FrameDecoder(new SegmentPool(1), 100);
    ByteBuffer half = ByteBuffer.wrap(Bytes.frame(HELLO), 0, 6);
    assertThatThrownBy(() -> decoder.decode(half, feed.sink))
        .isInstanceOfSatisfying(
            FrameException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_RESOURCE_EXHAUSTED));
  }

  @Test
  void withoutMemoryToGrowDecodingEndsAndGivesBackWhatItHad() {
    SegmentPool pool = new SegmentPool(4096 + 8191);
    FrameDecoder decoder = new FrameDecoder(pool, 1 << 20);
    ByteBuffer part = ByteBuffer.wrap(Bytes.join(Bytes.word(1 << 20), new byte[4_000]));
    ByteBuffer more = ByteBuffer.allocate(1_000);
    assertThatThrownBy(
            () -> {
              decoder.decode(part, feed.sink);
              decoder.decode(more, feed.sink);
            })
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("no buffer");
    assertThat(pool.outBytes()).isZero();
  }

  // stopping and going on

  @Test
  void whatArrivesWhileStoppedWaitsInOrder() throws FrameException {
    feed.sink.goOn = () -> feed.sink.events.size() != 1;
    byte[] stream =
        Bytes.join(Bytes.frame(HELLO), Bytes.frame(new byte[] {1}), Bytes.frame(new byte[] {2, 3}));
    feed.chunk(stream, 0, 11);
    feed.chunk(stream, 11, 11);
    feed.chunk(stream, 11, 13);
    feed.chunk(stream, 13, stream.length);
    assertThat(feed.sink.events).containsExactly("frame 68656c6c6f");
    assertThat(feed.decoder.heldBytes()).isEqualTo(stream.length - 9);

    assertThat(feed.decoder.resume(feed.sink)).isTrue();

    assertThat(feed.sink.events).containsExactly("frame 68656c6c6f", "frame 01", "frame 0203");
    feed.assertNothingIsOut();
  }

  @Test
  void stoppedWithAnEmptyHandGoesOnWithTheNextChunkAfterResume() throws FrameException {
    feed.sink.goOn = () -> false;
    feed.chunk(Bytes.frame(HELLO));
    assertThat(feed.decoder.resume(feed.sink)).isTrue();
    feed.chunk(Bytes.frame(HELLO));
    assertThat(feed.sink.events).hasSize(2);
  }

  @Test
  void stoppedByAFrameInPiecesTheRestOfTheChunkWaits() throws FrameException {
    feed.sink.goOn = () -> false;
    byte[] stream = Bytes.join(Bytes.frame(HELLO), Bytes.frame(new byte[] {1}), Bytes.hex("00"));
    feed.chunk(stream, 0, 6);
    feed.chunk(stream, 6, stream.length);
    assertThat(feed.sink.events).hasSize(1);

    assertThat(feed.decoder.resume(feed.sink)).as("stopped again").isFalse();
    assertThat(feed.decoder.resume(feed.sink)).as("all decoded").isTrue();
    assertThat(feed.decoder.heldBytes()).isEqualTo(1);

    feed.chunk(Bytes.hex("000000"));
    assertThat(feed.sink.events).containsExactly("frame 68656c6c6f", "frame 01", "frame ");
    feed.assertNothingIsOut();
  }

  @Test
  void stoppedFromOutsideAllThatComesWaits() throws FrameException {
    byte[] stream = Bytes.join(Bytes.frame(HELLO), Bytes.frame(new byte[] {1}));
    feed.chunk(stream, 0, 3);
    feed.decoder.stop();
    feed.chunk(stream, 3, 10);
    feed.chunk(stream, 10, stream.length);
    assertThat(feed.sink.events).isEmpty();
    assertThat(feed.decoder.resume(feed.sink)).isTrue();
    assertThat(feed.sink.events).containsExactly("frame 68656c6c6f", "frame 01");
    feed.assertNothingIsOut();

    feed.decoder.stop();
    feed.chunk(stream, 0, 11);
    assertThat(feed.decoder.resume(feed.sink)).isTrue();
    assertThat(feed.decoder.heldBytes()).isEqualTo(2);
    feed.chunk(stream, 11, stream.length);
    assertThat(feed.sink.events).hasSize(4);
    feed.assertNothingIsOut();
  }

  @Test
  void aFaultInWhatWaitedEndsDecoding() throws FrameException {
    feed.sink.goOn = () -> false;
    feed.chunk(Bytes.join(Bytes.frame(HELLO), Bytes.word(-1), Bytes.frame(HELLO)));
    assertThatThrownBy(() -> feed.decoder.resume(feed.sink)).isInstanceOf(FrameException.class);
    assertThat(feed.decoder.resume(feed.sink)).isFalse();
    assertThat(feed.sink.events).hasSize(1);
    feed.assertNothingIsOut();
  }

  @Test
  void endedWhileStoppedItForgets() throws FrameException {
    feed.sink.goOn = () -> false;
    feed.chunk(Bytes.join(Bytes.frame(HELLO), Bytes.frame(HELLO)));
    feed.decoder.end();
    feed.assertNothingIsOut();
    assertThat(feed.decoder.resume(feed.sink)).isFalse();
    assertThat(feed.sink.events).hasSize(1);
  }

  // ending

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endedByTheSinkNothingMoreIsDelivered(boolean goOn) throws FrameException {
    byte[] stream = Bytes.join(Bytes.frame(HELLO), Bytes.frame(HELLO), Bytes.hex("0000"));
    for (int split = 0; split <= stream.length; split++) {
      Feed ended = new Feed();
      ended.sink.goOn =
          () -> {
            ended.decoder.end();
            return goOn;
          };
      ended.chunk(stream, 0, split);
      ended.chunk(stream, split, stream.length);
      assertThat(ended.sink.events).as("split at %d", split).hasSize(1);
      ended.assertNothingIsOut();
    }
  }

  @Test
  void endedByTheSinkWhileGoingOnNothingMoreIsDelivered() throws FrameException {
    feed.sink.goOn =
        () -> {
          if (feed.sink.events.size() == 2) {
            feed.decoder.end();
          }
          return false;
        };
    feed.chunk(Bytes.join(Bytes.frame(HELLO), Bytes.frame(HELLO), Bytes.frame(HELLO)));
    assertThat(feed.decoder.resume(feed.sink)).isFalse();
    assertThat(feed.sink.events).hasSize(2);
    feed.assertNothingIsOut();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 9})
  void whatTheSinkFindsBrokenEndsDecoding(int split) throws FrameException {
    FrameException broken = new FrameException(ErrorCode.E_PROTOCOL_ERROR, "as the sink says");
    FrameSink refusing =
        new FrameSink() {
          @Override
          public boolean onFrame(ByteBuffer payload) throws FrameException {
            throw broken;
          }

          @Override
          public boolean onControl(int kind, ByteBuffer body) throws FrameException {
            throw broken;
          }
        };
    byte[] stream = Bytes.join(Bytes.frame(HELLO), Bytes.frame(HELLO));
    assertThatThrownBy(
            () -> {
              feed.decoder.decode(ByteBuffer.wrap(stream, 0, split), refusing);
              feed.decoder.decode(ByteBuffer.wrap(stream, split, 18 - split), refusing);
            })
        .isSameAs(broken);

    feed.chunk(Bytes.frame(HELLO));
    assertThat(feed.sink.events).isEmpty();
    feed.assertNothingIsOut();
  }

  // control frames

  @Test
  void controlFramesComeWithTheirKindOnceAllowed() throws FrameException {
    feed.decoder.allowControl();
    feed.chunk(
        Bytes.join(
            Bytes.control(ControlFrame.PING, new byte[8]),
            Bytes.frame(HELLO),
            Bytes.control(0xff, new byte[0])));
    assertThat(feed.sink.events)
        .containsExactly("control 2 0000000000000000", "frame 68656c6c6f", "control 255 ");
  }

  @Test
  void aControlFrameThatWasNotNegotiatedIsATooLargeFrame() {
    assertBroken(
        Bytes.control(ControlFrame.PING, new byte[8]),
        ErrorCode.E_FRAME_TOO_LARGE,
        "frame length 2147483657 exceeds");
  }

  @Test
  void controlFramesHaveALimitOfTheirOwn() throws FrameException {
    Feed small = new Feed(10);
    small.decoder.allowControl();
    small.chunk(Bytes.control(ControlFrame.GOAWAY, new byte[Frames.MAX_CONTROL_BYTES - 1]));
    assertThat(small.sink.events).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, (64 << 10) + 1, Integer.MAX_VALUE})
  void aControlFrameOfAnImpossibleLengthIsAProtocolError(int length) {
    feed.decoder.allowControl();
    assertBroken(
        Bytes.word(length | Frames.CONTROL_BIT),
        ErrorCode.E_PROTOCOL_ERROR,
        "control frame of " + length + " bytes");
    feed.assertNothingIsOut();
  }

  // views

  @Test
  void aHandlerCannotWriteIntoTheTransportsMemory() throws FrameException {
    List<ByteBuffer> views = new ArrayList<>();
    FrameSink keeping =
        new FrameSink() {
          @Override
          public boolean onFrame(ByteBuffer payload) {
            views.add(payload);
            assertThatThrownBy(() -> payload.put(0, (byte) 1))
                .isInstanceOf(ReadOnlyBufferException.class);
            return true;
          }

          @Override
          public boolean onControl(int kind, ByteBuffer body) {
            return onFrame(body);
          }
        };
    feed.decoder.allowControl();
    ByteBuffer whole =
        ByteBuffer.wrap(Bytes.join(Bytes.frame(HELLO), Bytes.control(2, new byte[8])));
    ByteBuffer inPieces = ByteBuffer.wrap(Bytes.frame(HELLO));
    feed.decoder.decode(whole, keeping);
    feed.decoder.decode(inPieces.limit(5), keeping);
    feed.decoder.decode(inPieces.limit(9), keeping);
    assertThat(views).hasSize(3);
    assertThat(views.get(0)).as("the same object each time").isSameAs(views.get(1));
  }

  @Test
  void byteOrderIsTheNetworksForEachMessageWhateverTheLastHandlerDid() throws FrameException {
    feed.decoder.allowControl();
    byte[] ping = Bytes.control(ControlFrame.PING, Bytes.hex("0102030405060708"));
    byte[] stream = Bytes.join(Bytes.frame(HELLO), ping, ping, Bytes.frame(HELLO));
    // The sink itself checks the order, and leaves the other one behind.
    feed.chunk(stream);
    feed.chunk(stream, 0, 10);
    feed.chunk(stream, 10, 25);
    feed.chunk(stream, 25, stream.length);
    assertThat(feed.sink.events).hasSize(8);
  }

  @Test
  void theTokenOfAPingIsReadRightAfterAHandlerTurnedTheBytes() throws FrameException {
    feed.decoder.allowControl();
    List<Long> tokens = new ArrayList<>();
    FrameSink turning =
        new FrameSink() {
          @Override
          public boolean onFrame(ByteBuffer payload) {
            payload.order(ByteOrder.LITTLE_ENDIAN);
            return true;
          }

          @Override
          public boolean onControl(int kind, ByteBuffer body) throws FrameException {
            return tokens.add(ControlFrame.readToken(body));
          }
        };
    ByteBuffer ping = ControlFrame.token(ControlFrame.PING, 0x0102030405060708L);
    byte[] stream = Bytes.join(Bytes.frame(HELLO), Bytes.of(ping));
    feed.decoder.decode(ByteBuffer.wrap(stream), turning);
    assertThat(tokens).containsExactly(0x0102030405060708L);
  }

  private void assertBroken(byte[] chunk, ErrorCode code, String message) {
    assertThatThrownBy(() -> feed.chunk(chunk))
        .isInstanceOfSatisfying(FrameException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }

  private static final class Counter implements FrameSink {
    int frames;
    boolean goOn = true;

    @Override
    public boolean onFrame(ByteBuffer payload) {
      frames++;
      return goOn;
    }

    @Override
    public boolean onControl(int kind, ByteBuffer body) {
      throw new AssertionError("no control frame was sent");
    }
  }
}
