package qwormhole.bench.load;

/**
 * What the bytes cost in calls, as far as the contender tells.
 *
 * @param writes write system calls, or -1 when not told
 * @param bytesWritten bytes that these took, headers included, or -1 when not told
 * @param refused sends that were refused for want of room, or -1 when not told
 */
public record Effort(long writes, long bytesWritten, long refused) {
  /** Nothing is told. */
  public static final Effort UNKNOWN = new Effort(-1, -1, -1);

  /** The sum of two that tell. */
  public Effort plus(Effort other) {
    return new Effort(
        writes + other.writes, bytesWritten + other.bytesWritten, refused + other.refused);
  }

  /** What came after an earlier reading; still unknown where it was. */
  public Effort minus(Effort earlier) {
    return writes < 0
        ? this
        : new Effort(
            writes - earlier.writes,
            bytesWritten - earlier.bytesWritten,
            refused - earlier.refused);
  }
}
