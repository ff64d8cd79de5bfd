package qwormhole.bench.fallback;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** Echoes and connects over time, in buckets that begin with this object. Any thread. */
final class Pulse {
  /** One bucket. */
  static final long BUCKET_NANOS = 20_000_000;

  private static final int BUCKETS = 3_000;

  private final long origin = System.nanoTime();
  private final AtomicLongArray echoes = new AtomicLongArray(BUCKETS);
  private final AtomicIntegerArray connected = new AtomicIntegerArray(BUCKETS);

  private int bucket() {
    return (int) Math.min(BUCKETS - 1, (System.nanoTime() - origin) / BUCKET_NANOS);
  }

  void echo() {
    echoes.incrementAndGet(bucket());
  }

  void connected() {
    connected.incrementAndGet(bucket());
  }

  void disconnected() {
    connected.decrementAndGet(bucket());
  }

  /** When the first bucket began. */
  long origin() {
    return origin;
  }

  /** Echoes in each bucket up to now. */
  long[] echoes() {
    long[] result = new long[bucket() + 1];
    for (int i = 0; i < result.length; i++) {
      result[i] = echoes.get(i);
    }
    return result;
  }

  /** Clients that were ready at the end of each bucket up to now. */
  int[] ready() {
    int[] result = new int[bucket() + 1];
    int now = 0;
    for (int i = 0; i < result.length; i++) {
      now += connected.get(i);
      result[i] = now;
    }
    return result;
  }
}
