package qwormhole.bench.load;

import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The half that receives and checks. */
public interface Sink extends Side {

  /**
   * Expects messages on every connection; nothing is in flight now.
   *
   * @param messages how many on each
   * @param patience how long to wait for the connections that were announced
   * @throws IOException when they did not come
   */
  void expect(long messages, Duration patience) throws IOException;

  /**
   * The driver says that the round is over: waits until it is counted here too. Where this side's own
   * confirmation ends a round there is nothing to wait for.
   */
  default void settle(Duration patience) {}

  /** What all connections brought since the beginning. */
  Counts counts();

  /** How long the sampled messages of this round were under way, in nanoseconds; null when not measured. */
  Histogram oneWay();
}
