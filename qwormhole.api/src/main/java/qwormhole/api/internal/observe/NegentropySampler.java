package qwormhole.api.internal.observe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import qwormhole.api.telemetry.NegentropyVector;

/**
 * Keeps the last bytes and times of one connection's messages and, once an interval, makes a negentropy
 * vector of them. Bounded: 2 KiB of bytes and 64 times, at most 256 bytes copied a message. One thread
 * at a time.
 */
public final class NegentropySampler {
  static final int SAMPLE_BYTES = 2048;
  static final int MESSAGE_BYTES = 256;
  static final int GAPS = 64;

  /** Less says nothing of its order. */
  static final int FEWEST_BYTES = 64;

  private final byte[] bytes = new byte[SAMPLE_BYTES];
  private final long[] gaps = new long[GAPS];
  private final long intervalNanos;
  private final NegentropyBudget budget;
  private long written;
  private long arrivals;
  private long lastNanos;
  private long sampledNanos;

  /**
   * A sampler that has seen nothing.
   *
   * @param budget what the samplers of an endpoint share
   */
  public NegentropySampler(long intervalNanos, NegentropyBudget budget, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.budget = budget;
    this.sampledNanos = nowNanos;
  }

  /** Takes a message, which is left as it is. Whether a sample is due: then {@link #sample}. */
  public boolean add(ByteBuffer message, long nowNanos) {
    if (arrivals > 0) {
      gaps[(int) ((arrivals - 1) % GAPS)] = nowNanos - lastNanos;
    }
    arrivals++;
    lastNanos = nowNanos;
    keep(message);
    if (nowNanos - sampledNanos < intervalNanos || written < FEWEST_BYTES) {
      return false;
    }
    sampledNanos = nowNanos;
    return budget.take(nowNanos);
  }

  private void keep(ByteBuffer message) {
    int count = Math.min(message.remaining(), MESSAGE_BYTES);
    int from = message.position();
    int at = (int) (written % SAMPLE_BYTES);
    int first = Math.min(count, SAMPLE_BYTES - at);
    message.get(from, bytes, at, first);
    message.get(from + first, bytes, 0, count - first);
    written += count;
  }

  /** The vector of what is kept. */
  public NegentropyVector sample() {
    return Negentropy.of(recentBytes(), recentGaps());
  }

  /** How many bytes {@link #sample} looks at. */
  public int sampledBytes() {
    return (int) Math.min(written, SAMPLE_BYTES);
  }

  private byte[] recentBytes() {
    if (written <= SAMPLE_BYTES) {
      return Arrays.copyOf(bytes, (int) written);
    }
    int oldest = (int) (written % SAMPLE_BYTES);
    byte[] inOrder = Arrays.copyOfRange(bytes, oldest, oldest + SAMPLE_BYTES);
    System.arraycopy(bytes, 0, inOrder, SAMPLE_BYTES - oldest, oldest);
    return inOrder;
  }

  /** Their order does not matter. */
  private long[] recentGaps() {
    return Arrays.copyOf(gaps, (int) Math.min(Math.max(arrivals - 1, 0), GAPS));
  }
}
