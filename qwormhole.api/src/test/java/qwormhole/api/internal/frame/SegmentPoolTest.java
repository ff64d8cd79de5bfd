package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPoolTest {
  private final SegmentPool pool = new SegmentPool(1 << 20);

  @ParameterizedTest
  @CsvSource({
    "0, 4096",
    "1, 4096",
    "4096, 4096",
    "4097, 8192",
    "65536, 65536",
    "65537, 131072",
    "1048576, 1048576"
  })
  void sizesArePowersOfTwoFrom4KiBOn(int asked, int given) {
    Segment segment = pool.acquire(asked);
    assertThat(segment.memory.capacity()).isEqualTo(given);
    assertThat(segment.memory.isDirect()).isTrue();
    assertThat(pool.outBytes()).isEqualTo(given);
    pool.release(segment);
    assertThat(pool.outBytes()).isZero();
  }

  @Test
  void whatComesBackGoesOutAgainAsNew() {
    Segment segment = pool.acquire(10);
    segment.memory.putInt(7).limit(9);
    segment.next = segment;
    segment.startsFrame = true;
    segment.completions = new ArrayList<>(List.of(new CompletableFuture<>()));
    pool.release(segment);

    Segment again = pool.acquire(10);

    assertThat(again).isSameAs(segment);
    assertThat(again.memory.position()).isZero();
    assertThat(again.memory.remaining()).isEqualTo(4096);
    assertThat(again.memory.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(again.next).isNull();
    assertThat(again.startsFrame).isFalse();
    assertThat(again.completions).isNull();
  }

  @Test
  void pastTheBudgetItAnswersNullUntilSomethingComesBack() {
    Segment half = pool.acquire(1 << 19);
    Segment rest = pool.acquire(1 << 19);
    assertThat(pool.acquire(1)).isNull();
    assertThat(pool.outBytes()).isEqualTo(1 << 20);
    pool.release(half);
    assertThat(pool.acquire((1 << 19) + 1)).isNull();
    assertThat(pool.acquire(1 << 19)).isNotNull();
    assertThat(rest.memory.capacity()).isEqualTo(1 << 19);
  }

  @ParameterizedTest
  @CsvSource({"1073741825", "2147483647"})
  void whatIsLargerThanAnySegmentIsRefusedAndNotCounted(int bytes) {
    SegmentPool unbounded = new SegmentPool(Long.MAX_VALUE);
    assertThat(unbounded.acquire(bytes)).isNull();
    assertThat(unbounded.outBytes()).isZero();
  }

  @Test
  void withoutMemoryItRefusesAndDoesNotCount() {
    SegmentPool exhausted =
        new SegmentPool(
            1 << 20,
            bytes -> {
              throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            });
    assertThat(exhausted.acquire(1)).isNull();
    assertThat(exhausted.outBytes()).isZero();
  }

  @Test
  void whatIsKeptIsBounded() {
    List<Segment> out = new ArrayList<>();
    SegmentPool large = new SegmentPool(64 << 20);
    for (int i = 0; i < 128; i++) {
      out.add(large.acquire(64 << 10));
    }
    out.forEach(large::release);
    int known = 0;
    for (int i = 0; i < 128; i++) {
      known += out.contains(large.acquire(64 << 10)) ? 1 : 0;
    }
    assertThat(known).isEqualTo(64);
  }

  @Test
  void manyThreadsNeverHaveMoreThanTheBudgetOut() throws InterruptedException {
    AtomicLong inUse = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CountDownLatch done = new CountDownLatch(4);
    for (int t = 0; t < 4; t++) {
      int size = 4096 << t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  Segment segment = pool.acquire(64 * size);
                  if (segment != null) {
                    most.accumulateAndGet(inUse.addAndGet(64L * size), Math::max);
                    inUse.addAndGet(-64L * size);
                    pool.release(segment);
                  }
                }
                done.countDown();
              });
      thread.start();
    }
    done.await();
    assertThat(most.get()).isBetween(1L, 1L << 20);
    assertThat(pool.outBytes()).isZero();
  }
}
