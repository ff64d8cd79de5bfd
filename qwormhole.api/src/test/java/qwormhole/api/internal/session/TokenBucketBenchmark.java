package qwormhole.api.internal.session;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import qwormhole.api.RateLimit;

/** What a rate limit adds to a write: a look before it and a charge after it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenBucketBenchmark {
  private static final int WRITE_BYTES = 1024;

  private final TokenBucket bucket = new TokenBucket(new RateLimit(1 << 30, 1 << 20), 0);
  private long now;

  /** A write of 1 KiB each microsecond, just about the rate. */
  @Benchmark
  public long lookAndCharge() {
    now += 1_000;
    long available = bucket.available(now);
    bucket.charge(WRITE_BYTES);
    return available + bucket.nanosUntilAvailable();
  }
}
