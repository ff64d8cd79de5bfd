package qwormhole.bench.load;

import java.io.IOException;

/** A contender's connecting half, under load; connected once constructed. */
public interface ClientSide extends AutoCloseable {

  /** What carries the bytes, as the contender names it. */
  String mode();

  /**
   * Runs one round on every connection at once and returns when its last message is accounted for.
   *
   * @param messages how many on each connection
   * @throws IOException when a connection broke, or nothing moved for {@link Limits#STALL}
   */
  Round run(long messages) throws IOException;

  /** Write calls and refused sends since the beginning. */
  Effort effort();

  @Override
  void close() throws IOException;
}
