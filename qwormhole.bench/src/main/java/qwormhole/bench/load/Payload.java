package qwormhole.bench.load;

import java.nio.ByteBuffer;

/** A sender's one direct buffer, stamped anew for each message. Used by one thread at a time. */
public final class Payload {
  private final ByteBuffer buffer;
  private long next;

  /** A payload of {@code size} bytes, 1 or more; messages are numbered from 0. */
  public Payload(int size) {
    buffer = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < size; i++) {
      buffer.put(i, (byte) ('a' + i % 26));
    }
  }

  /** The next message, from position 0 to its size; the same buffer each time. */
  public ByteBuffer next() {
    Stamp.write(buffer, 0, buffer.limit(), next++);
    return buffer;
  }
}
