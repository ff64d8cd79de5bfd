package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.RateLimit;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  /** The clock may overflow in between. */
  private long now = Long.MAX_VALUE - SECOND;

  private TokenBucket bucket(long bytesPerSecond, long burst) {
    return new TokenBucket(new RateLimit(bytesPerSecond, burst), now);
  }

  @Test
  void theBurstMayBeUsedAtOnceAndNoMoreThanThat() {
    TokenBucket bucket = bucket(1_000, 5_000);
    assertThat(bucket.available(now)).isEqualTo(5_000);
    bucket.charge(5_000);
    assertThat(bucket.available(now)).isZero();
    assertThat(bucket.available(now += 10 * 3_600 * SECOND)).isEqualTo(5_000);
  }

  @Test
  void aDebtIsPaidBeforeTheNextUse() {
    TokenBucket bucket = bucket(1_000, 1_000);
    bucket.charge(11_000);
    assertThat(bucket.available(now)).isEqualTo(-10_000);
    assertThat(bucket.nanosUntilAvailable()).isBetween(10 * SECOND, 10 * SECOND + SECOND / 50);
    assertThat(bucket.available(now += 9 * SECOND)).isEqualTo(-1_000);
    assertThat(bucket.available(now += 2 * SECOND)).isEqualTo(1_000);
    assertThat(bucket.nanosUntilAvailable()).isZero();
  }

  @Test
  void aWaitIsWorthAHundredthOfASecond() {
    TokenBucket bucket = bucket(1_000_000, 65_536);
    bucket.charge(65_536);
    bucket.available(now);
    long wait = bucket.nanosUntilAvailable();
    assertThat(wait).isEqualTo(SECOND / 100);
    assertThat(bucket.available(now + wait)).isEqualTo(10_000);
  }

  @Test
  void aSmallBurstIsTheMostThatIsWaitedFor() {
    TokenBucket bucket = bucket(1_000_000, 10);
    bucket.charge(10);
    bucket.available(now);
    assertThat(bucket.nanosUntilAvailable()).isEqualTo(10_000);
  }

  @Test
  void aSlowRateWaitsForOneByte() {
    TokenBucket bucket = bucket(1, 1);
    bucket.charge(1);
    bucket.available(now);
    assertThat(bucket.nanosUntilAvailable()).isEqualTo(SECOND);
    assertThat(bucket.available(now + SECOND)).isEqualTo(1);
  }

  @Test
  void aReadingThatIsALittleOldMakesNoDifference() {
    TokenBucket bucket = bucket(1_000_000, 1_000);
    bucket.charge(1_000);
    bucket.available(now += 500_000);
    bucket.available(now - 200_000);
    assertThat(bucket.available(now += 100_000)).isEqualTo(600);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "9223372036854775807, 9223372036854775807", "1, 9223372036854775807"})
  void extremesDoNotOverflow(long bytesPerSecond, long burst) {
    TokenBucket bucket = bucket(bytesPerSecond, burst);
    assertThat(bucket.available(now)).isEqualTo(burst);
    bucket.charge(Integer.MAX_VALUE);
    assertThat(bucket.available(now)).isLessThanOrEqualTo(burst);
    assertThat(bucket.nanosUntilAvailable()).isNotNegative();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void overTimeTheRateIsExactHoweverItIsUsed(long seed) {
    Random random = new Random(seed);
    long rate = 1_000L << random.nextInt(16);
    long burst = 1_000L << random.nextInt(8);
    int largest = 1 << random.nextInt(18);
    TokenBucket bucket = bucket(rate, burst);
    long start = now;
    long used = 0;
    long seconds = Math.max(20, 40L * (burst + largest) / rate);
    while (now - start < seconds * SECOND) {
      // As a reader does it: whatever came is charged, and then it pauses as long as it is told.
      int use = 1 + random.nextInt(largest);
      bucket.charge(use);
      used += use;
      bucket.available(now);
      now += bucket.nanosUntilAvailable() + random.nextInt(1_000);
    }
    double allowed = rate * ((now - start) / 1e9);
    assertThat((double) used)
        .as("seed %d, rate %d, burst %d, largest use %d", seed, rate, burst, largest)
        .isCloseTo(allowed + burst, Percentage.withPercentage(5))
        .isLessThanOrEqualTo(allowed + burst + largest);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }
}
