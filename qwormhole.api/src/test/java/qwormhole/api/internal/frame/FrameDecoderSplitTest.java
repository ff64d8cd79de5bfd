package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream is cut and however often the sink stops, the same comes out. */
class FrameDecoderSplitTest {
  private static final int[] SIZES = {0, 0, 1, 3, 4, 5, 17, 100, 1_000, 4_091, 4_092, 4_093};
  private static final int[] LARGE_SIZES = {65_531, 65_532, 65_533, 200_000, 300_000};

  /** A stream and what is to be found in it; broken ones end in a fault and go on behind it. */
  private static final class Story {
    final byte[] stream;
    final List<String> events = new ArrayList<>();
    final boolean broken;

    Story(Random random, int frames) {
      ByteArrayOutputStream bytesOut = new ByteArrayOutputStream();
      for (int i = 0; i < frames; i++) {
        boolean large = random.nextInt(40) == 0;
        int[] sizes = large ? LARGE_SIZES : SIZES;
        byte[] bytes = Bytes.random(random, sizes[random.nextInt(sizes.length)]);
        if (!large && random.nextInt(5) == 0) {
          int kind = random.nextInt(256);
          bytesOut.writeBytes(Bytes.control(kind, bytes));
          events.add(RecordingSink.control(kind, bytes));
        } else {
          bytesOut.writeBytes(Bytes.frame(bytes));
          events.add(RecordingSink.frame(bytes));
        }
      }
      broken = random.nextInt(3) == 0;
      if (broken) {
        int[] faults = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Feed.MAX_PAYLOAD + 1};
        bytesOut.writeBytes(Bytes.word(faults[random.nextInt(faults.length)]));
        bytesOut.writeBytes(Bytes.frame(new byte[9]));
      }
      stream = bytesOut.toByteArray();
    }
  }

  @Test
  void everySplitPointGivesTheSame() throws FrameException {
    byte[] stream =
        Bytes.join(
            Bytes.frame(new byte[] {1, 2, 3}),
            Bytes.frame(new byte[0]),
            Bytes.control(ControlFrame.PING, new byte[8]),
            Bytes.frame(new byte[20]),
            Bytes.frame(new byte[0]));
    List<String> whole = decodeInPieces(stream, stream.length, stream.length);
    assertThat(whole).hasSize(5);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(decodeInPieces(stream, first, second))
            .as("split at %d and %d", first, second)
            .isEqualTo(whole);
      }
    }
  }

  private static List<String> decodeInPieces(byte[] stream, int first, int second)
      throws FrameException {
    Feed feed = new Feed(Feed.MAX_PAYLOAD, 16 << 10);
    feed.decoder.allowControl();
    feed.chunk(stream, 0, first);
    feed.chunk(stream, first, second);
    feed.chunk(stream, second, stream.length);
    feed.assertNothingIsOut();
    return feed.sink.events;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomChunksGiveTheSame(long seed) {
    Random random = new Random(seed);
    Story story = new Story(random, 60);
    Feed feed = new Feed();
    boolean broken = deliver(story, feed, random, 0);
    assertTold(story, feed, broken, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomStopsAndChunksMeanwhileGiveTheSame(long seed) {
    Random random = new Random(seed);
    Story story = new Story(random, 60);
    Feed feed = new Feed();
    int oneIn = 1 + random.nextInt(8);
    feed.sink.goOn = () -> random.nextInt(oneIn) != 0;
    boolean broken = deliver(story, feed, random, random.nextInt(4));
    assertTold(story, feed, broken, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void stoppingAtEveryFrameGivesTheSame(long seed) {
    Random random = new Random(seed);
    Story story = new Story(random, 60);
    Feed feed = new Feed();
    feed.sink.goOn = () -> false;
    boolean broken = deliver(story, feed, random, random.nextInt(4));
    assertTold(story, feed, broken, seed);
  }

  /**
   * Feeds the stream in random chunks.
   *
   * @param late how many chunks arrive, on average, before a stopped decoder goes on
   * @return whether the decoder refused the stream
   */
  private static boolean deliver(Story story, Feed feed, Random random, int late) {
    feed.decoder.allowControl();
    int largest = 1 << random.nextInt(18);
    byte[] stream = story.stream;
    try {
      for (int at = 0; at < stream.length; ) {
        int to = Math.min(stream.length, at + random.nextInt(largest + 1));
        feed.chunk(stream, at, to);
        at = to;
        if (feed.pool.outBytes() > 8192 + 4L * at) {
          throw new AssertionError(feed.pool.outBytes() + " bytes for " + at + " received");
        }
        if (random.nextInt(late + 1) == 0) {
          feed.decoder.resume(feed.sink);
        }
      }
      feed.resumeAll();
      return false;
    } catch (FrameException e) {
      return true;
    }
  }

  private static void assertTold(Story story, Feed feed, boolean broken, long seed) {
    assertThat(feed.sink.events).as("seed %d", seed).isEqualTo(story.events);
    assertThat(broken).as("refused, seed %d", seed).isEqualTo(story.broken);
    feed.assertNothingIsOut();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }
}
