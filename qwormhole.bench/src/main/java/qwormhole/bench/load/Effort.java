package qwormhole.bench.load;

/**
 * What the bytes cost in calls, as far as the contender tells.
 *
 * @param writes write system calls, or -1 when nothing is told
 * @param bytesWritten bytes that these took, headers included
 * @param refused sends that were refused for want of room
 * @param backpressure times that an outbound buffer became full
 */
public record Effort(long writes, long bytesWritten, long refused, long backpressure) {
  /** Nothing is told. */
  public static final Effort UNKNOWN = new Effort(-1, -1, -1, -1);

  /** Nothing was done. */
  public static final Effort NONE = new Effort(0, 0, 0, 0);

  /** Whether the contender tells. */
  public boolean isKnown() {
    return writes >= 0;
  }

  /** The sum of two that tell. */
  public Effort plus(Effort other) {
    return new Effort(
        writes + other.writes,
        bytesWritten + other.bytesWritten,
        refused + other.refused,
        backpressure + other.backpressure);
  }

  /** What came after an earlier reading; still unknown where it was. */
  public Effort minus(Effort earlier) {
    return isKnown()
        ? new Effort(
            writes - earlier.writes,
            bytesWritten - earlier.bytesWritten,
            refused - earlier.refused,
            backpressure - earlier.backpressure)
        : this;
  }
}
