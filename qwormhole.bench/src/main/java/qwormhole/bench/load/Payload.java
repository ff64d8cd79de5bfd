package qwormhole.bench.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** A sender's one direct buffer, stamped anew for each message. Used by one thread at a time. */
public final class Payload {
  private final ByteBuffer buffer;
  private final int sampleEvery;
  private long next;

  /** Messages as the spec has them, numbered from 0; their bytes come from its seed. */
  public Payload(SideSpec spec) {
    buffer = ByteBuffer.allocateDirect(spec.size());
    sampleEvery = spec.sampleEvery();
    SplittableRandom random = new SplittableRandom(spec.seed());
    for (int i = 0; i < spec.size(); i++) {
      buffer.put(i, (byte) random.nextInt());
    }
  }

  /** The next message, from position 0 to its size; the same buffer each time. */
  public ByteBuffer next() {
    buffer.clear();
    Stamp.write(buffer, 0, buffer.limit(), next);
    if (Stamp.isTimed(buffer.limit(), next, sampleEvery)) {
      Stamp.writeTime(buffer, 0, System.nanoTime());
    }
    next++;
    return buffer;
  }
}
