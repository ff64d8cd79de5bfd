package qwormhole.bench.load;

import java.io.IOException;

/** The half that sends, or opens, and knows when a round is over. */
public interface Driver extends Side {

  /**
   * Runs one round on every connection at once and returns when its last message is accounted for.
   *
   * @param messages how many on each connection; for connect: how many connections
   * @throws IOException when a connection broke, or nothing moved for {@link Limits#STALL}
   */
  Round run(long messages) throws IOException;

  /** Lets go of what the last round left open. */
  default void release() {}
}
