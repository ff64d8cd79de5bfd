package qwormhole.bench.load;

import java.nio.ByteBuffer;

/**
 * What a receiver saw.
 *
 * @param received messages that arrived, whatever was in them
 * @param decoded those of them that had the right size, number and last byte
 * @param bytes payload bytes of the messages that arrived
 */
public record Counts(long received, long decoded, long bytes) {
  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** How many bytes {@link #write} takes. */
  public static final int SIZE = 3 * Long.BYTES;

  /** Appends the counts, for the confirmation that ends a round. */
  public void write(ByteBuffer buffer) {
    buffer.putLong(received).putLong(decoded).putLong(bytes);
  }

  /** Reads what {@link #write} wrote, from the buffer's position. */
  public static Counts read(ByteBuffer buffer) {
    return new Counts(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** The sum of two. */
  public Counts plus(Counts other) {
    return new Counts(received + other.received, decoded + other.decoded, bytes + other.bytes);
  }

  /** What came after an earlier reading. */
  public Counts minus(Counts earlier) {
    return new Counts(
        received - earlier.received, decoded - earlier.decoded, bytes - earlier.bytes);
  }
}
