package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundQueueTest {
  private static final int SEGMENT = OutboundQueue.SEGMENT_BYTES;
  private static final int POOLED = 64 << 10;

  private final SegmentPool pool = new SegmentPool(64 << 20);
  private final OutboundQueue queue = new OutboundQueue(pool);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_092, 4_093, 65_478, 65_479, 65_480, 131_000, 4_194_304})
  void aFrameIsItsLengthWordAndItsPayload(int length) {
    byte[] payload = Bytes.random(new Random(length), length);
    assertThat(add(payload, 0)).isTrue();
    assertThat(queue.bytes()).isEqualTo(4L + length);
    byte[] written = drain();
    assertThat(Arrays.equals(written, Bytes.frame(payload))).isTrue();
    assertEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4_096, 4_097, 65_483, 65_484, 200_000})
  void withoutFramingThePayloadAloneIsWritten(int length) {
    byte[] payload = Bytes.random(new Random(length), length);
    assertThat(queue.add(ByteBuffer.wrap(payload), false, 0, false, false)).isTrue();
    assertThat(queue.bytes()).isEqualTo(length);
    assertThat(Arrays.equals(drain(), payload)).isTrue();
    assertEmpty();
  }

  @Test
  void thePayloadIsReadFromPositionToLimitAndLeftAsItWas() {
    ByteBuffer payload = ByteBuffer.allocateDirect(100).order(ByteOrder.LITTLE_ENDIAN);
    payload.put(10, new byte[] {1, 2, 3}).position(10).limit(13);
    queue.add(payload, true, 0, false, false);
    assertThat(payload.position()).isEqualTo(10);
    assertThat(payload.limit()).isEqualTo(13);
    assertThat(Bytes.hex(drain())).isEqualTo("00000003010203");
  }

  @Test
  void lowerNumbersGoFirstAndWithinOneTheOlder() {
    for (int priority : new int[] {5, 0, -1, 5, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      add(Bytes.word(priority), priority);
    }
    assertThat(prioritiesOf(drain()))
        .containsExactly(Integer.MIN_VALUE, -1, -1, 0, 0, 5, 5, Integer.MAX_VALUE);
  }

  @Test
  void aFrameOfSeveralSegmentsIsNotCutByAMoreUrgentOne() {
    byte[] large = Bytes.random(new Random(1), 3 * SEGMENT);
    add(large, 7);
    Segment first = queue.take();
    add(new byte[] {9}, -1);
    assertThat(first.startsFrame).isTrue();

    byte[] written = Bytes.join(Bytes.of(first.memory), drain());
    pool.release(first);

    assertThat(Arrays.equals(written, Bytes.join(Bytes.frame(large), Bytes.frame(new byte[] {9}))))
        .isTrue();
    assertEmpty();
  }

  @Test
  void smallFramesBehindALargeOneAreInItsLastSegmentAndStayWithIt() {
    byte[] large = Bytes.random(new Random(2), SEGMENT);
    add(large, 0);
    add(new byte[] {1}, 0);
    Segment first = queue.take();
    add(new byte[] {2}, -1);
    byte[] written = Bytes.join(Bytes.of(first.memory), drain());
    pool.release(first);
    assertThat(
            Arrays.equals(
                written,
                Bytes.join(
                    Bytes.frame(large), Bytes.frame(new byte[] {1}), Bytes.frame(new byte[] {2}))))
        .isTrue();
  }

  @Test
  void aFullSegmentOfSmallFramesGivesWayAtItsEnd() {
    byte[] small = new byte[SEGMENT / 2];
    add(small, 0);
    add(small, 0);
    Segment first = queue.take();
    add(new byte[] {1}, -1);
    assertThat(Bytes.hex(Bytes.of(queue.take().memory))).isEqualTo("0000000101");
    pool.release(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 20_000})
  void inAStreamALargeFrameFillsTheLastSegmentAndGoesOn(int room) {
    byte[] small = new byte[SEGMENT - 4 - room];
    byte[] large = Bytes.random(new Random(room), 100_000);
    byte[] last = {1};
    queue.add(ByteBuffer.wrap(small), true, 0, true, true);
    queue.add(ByteBuffer.wrap(large), true, 0, true, true);
    queue.add(ByteBuffer.wrap(last), true, 0, true, true);
    add(new byte[] {2}, -1);
    assertThat(queue.hasOthers()).isTrue();

    assertThat(Bytes.hex(Bytes.of(takeAndRelease()))).isEqualTo("0000000102");
    assertThat(queue.hasOthers()).isFalse();
    Segment first = queue.take();
    int held = first.memory.remaining();
    assertThat(held).isEqualTo(room < 4 ? SEGMENT - room : SEGMENT);
    add(new byte[] {3}, -1);
    byte[] written = Bytes.join(Bytes.of(first.memory), drain());
    pool.release(first);

    byte[] before = Bytes.join(Bytes.frame(small), Bytes.frame(large), Bytes.frame(last));
    byte[] urgent = Bytes.frame(new byte[] {3});
    boolean whole = room < 4; // then the large one begins a segment of its own
    byte[] expected =
        whole
            ? Bytes.join(Bytes.frame(small), urgent, Bytes.frame(large), Bytes.frame(last))
            : Bytes.join(before, urgent);
    assertThat(Arrays.equals(written, expected)).isTrue();
    assertEmpty();
  }

  @Test
  void inAStreamASmallFrameIsNotCut() {
    queue.add(ByteBuffer.wrap(new byte[SEGMENT - 100]), true, 0, true, true);
    queue.add(ByteBuffer.wrap(new byte[200]), true, 0, true, true);
    assertThat(takeAndRelease().remaining()).isEqualTo(SEGMENT - 96);
    assertThat(takeAndRelease().remaining()).isEqualTo(204);
    assertEmpty();
  }

  @Test
  void inAStreamARefusalForWantOfMemoryLeavesTheLastSegmentAsItWas() {
    SegmentPool tight = new SegmentPool(POOLED);
    OutboundQueue bounded = new OutboundQueue(tight);
    bounded.add(ByteBuffer.wrap(new byte[] {1}), true, 0, true, true);
    assertThat(bounded.add(ByteBuffer.allocate(100_000), true, 0, true, true)).isFalse();
    assertThat(bounded.bytes()).isEqualTo(5);
    assertThat(bounded.add(ByteBuffer.wrap(new byte[] {2}), true, 0, true, true)).isTrue();
    assertThat(Bytes.hex(Bytes.of(bounded.take().memory))).isEqualTo("0000000101" + "0000000102");
    assertThat(bounded.take()).isNull();
  }

  @Test
  void aSmallFrameTakesASmallSegmentUnlessMoreIsExpected() {
    add(new byte[10], 0);
    assertThat(pool.outBytes()).isEqualTo(4096);
    queue.add(ByteBuffer.wrap(new byte[10]), true, 1, true, false);
    assertThat(pool.outBytes()).isEqualTo(4096 + POOLED);
  }

  @Test
  void refusedForWantOfMemoryNothingIsAdded() {
    SegmentPool tight = new SegmentPool(POOLED);
    OutboundQueue bounded = new OutboundQueue(tight);
    ByteBuffer twoSegments = ByteBuffer.allocate(SEGMENT);
    for (int priority : new int[] {0, 1}) {
      assertThat(bounded.add(twoSegments, true, priority, true, false)).isFalse();
      assertThat(bounded.bytes()).isZero();
      assertThat(bounded.take()).isNull();
      assertThat(tight.outBytes()).isZero();
    }
    assertThat(twoSegments.remaining()).isEqualTo(SEGMENT);
    assertThat(bounded.add(ByteBuffer.allocate(SEGMENT - 4), true, 0, true, false)).isTrue();
  }

  @Test
  void segmentsFilledElsewhereComeBehindWhatIsThere() {
    add(new byte[] {1}, 0);
    Segment filled = OutboundQueue.segment(pool);
    filled.startsFrame = true;
    filled.memory.put(Bytes.frame(new byte[] {2}));
    queue.addChain(filled);
    assertThat(queue.bytes()).isEqualTo(10);
    add(new byte[] {3}, 0);
    assertThat(Bytes.hex(drain())).isEqualTo("0000000101" + "0000000102" + "0000000103");
    assertEmpty();
  }

  @Test
  void aCompletionTravelsWithTheLastSegmentOfItsFrame() {
    CompletableFuture<Void> large = new CompletableFuture<>();
    CompletableFuture<Void> urgent = new CompletableFuture<>();
    add(new byte[SEGMENT], 0);
    queue.completeLast(0, large);
    add(new byte[1], -3);
    queue.completeLast(-3, urgent);

    List<List<CompletableFuture<Void>>> completions = new ArrayList<>();
    for (Segment s = queue.take(); s != null; s = queue.take()) {
      completions.add(s.completions);
      pool.release(s);
    }
    assertThat(completions).containsExactly(List.of(urgent), null, List.of(large));
  }

  @Test
  void lanesOfManyPrioritiesComeAndGoWithoutLosingAFrame() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      List<Integer> added = new ArrayList<>();
      int count = 1 + random.nextInt(40);
      for (int i = 0; i < count; i++) {
        int priority = random.nextInt();
        add(Bytes.word(priority), priority);
        added.add(priority);
      }
      added.sort(null);
      assertThat(prioritiesOf(drain())).as("round %d", round).isEqualTo(added);
      assertEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void takenInTurnsWithAddingFramesStayWholeAndInOrder(long seed) {
    Random random = new Random(seed);
    Feed feed = new Feed();
    int[] next = new int[5];
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      expected.add(new ArrayList<>());
    }
    List<byte[]> taken = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (random.nextInt(3) > 0) {
        int lane = random.nextInt(next.length);
        int length = random.nextInt(20) == 0 ? random.nextInt(3 * SEGMENT) : random.nextInt(200);
        byte[] payload = Bytes.random(random, 2 + length);
        payload[0] = (byte) lane;
        payload[1] = (byte) next[lane]++;
        assertThat(
                queue.add(
                    ByteBuffer.wrap(payload),
                    true,
                    lane - 2,
                    random.nextBoolean(),
                    random.nextBoolean()))
            .isTrue();
        expected.get(lane).add(RecordingSink.frame(payload));
      } else {
        Segment segment = queue.take();
        if (segment != null) {
          taken.add(Bytes.of(segment.memory));
          pool.release(segment);
        }
      }
    }
    taken.add(drain());
    try {
      for (byte[] bytes : taken) {
        feed.chunk(bytes);
      }
    } catch (FrameException e) {
      throw new AssertionError("seed " + seed, e);
    }
    List<String> all = feed.sink.events;
    assertThat(all).hasSize(Arrays.stream(next).sum());
    for (List<String> lane : expected) {
      assertThat(all).as("seed %d", seed).containsSubsequence(lane);
    }
    feed.assertNothingIsOut();
    assertEmpty();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  private boolean add(byte[] payload, int priority) {
    return queue.add(ByteBuffer.wrap(payload), true, priority, false, false);
  }

  /** A copy of what the next segment held. */
  private ByteBuffer takeAndRelease() {
    Segment segment = queue.take();
    ByteBuffer copy = ByteBuffer.wrap(Bytes.of(segment.memory));
    pool.release(segment);
    return copy;
  }

  private byte[] drain() {
    List<byte[]> parts = new ArrayList<>();
    for (Segment s = queue.take(); s != null; s = queue.take()) {
      parts.add(Bytes.of(s.memory));
      pool.release(s);
    }
    return Bytes.join(parts.toArray(byte[][]::new));
  }

  /** Of frames whose payload is their priority. */
  private static List<Integer> prioritiesOf(byte[] stream) {
    List<Integer> priorities = new ArrayList<>();
    ByteBuffer frames = ByteBuffer.wrap(stream);
    while (frames.hasRemaining()) {
      assertThat(frames.getInt()).isEqualTo(4);
      priorities.add(frames.getInt());
    }
    return priorities;
  }

  private void assertEmpty() {
    assertThat(queue.bytes()).isZero();
    assertThat(queue.take()).isNull();
    assertThat(pool.outBytes()).isZero();
  }
}
