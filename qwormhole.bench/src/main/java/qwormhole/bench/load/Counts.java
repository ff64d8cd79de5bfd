package qwormhole.bench.load;

import java.nio.ByteBuffer;

/**
 * What a receiver saw.
 *
 * @param received messages that arrived, whatever was in them
 * @param decoded those of them that had the right size, number and last byte
 * @param bytes payload bytes of the messages that arrived
 * @param lost numbers that were passed over
 * @param doubled numbers that came again
 */
public record Counts(long received, long decoded, long bytes, long lost, long doubled) {
  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** How many bytes {@link #write} takes. */
  public static final int SIZE = 5 * Long.BYTES;

  /** So many messages of this size, and every one right. */
  public static Counts right(long messages, int size) {
    return new Counts(messages, messages, messages * size, 0, 0);
  }

  /** Appends the counts, for the confirmation that ends a round. */
  public void write(ByteBuffer buffer) {
    buffer.putLong(received).putLong(decoded).putLong(bytes).putLong(lost).putLong(doubled);
  }

  /** Reads what {@link #write} wrote, from the buffer's position. */
  public static Counts read(ByteBuffer buffer) {
    return new Counts(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** The sum of two. */
  public Counts plus(Counts other) {
    return new Counts(
        received + other.received,
        decoded + other.decoded,
        bytes + other.bytes,
        lost + other.lost,
        doubled + other.doubled);
  }

  /** What came after an earlier reading. */
  public Counts minus(Counts earlier) {
    return new Counts(
        received - earlier.received,
        decoded - earlier.decoded,
        bytes - earlier.bytes,
        lost - earlier.lost,
        doubled - earlier.doubled);
  }
}
