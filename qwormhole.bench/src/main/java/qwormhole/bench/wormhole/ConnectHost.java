package qwormhole.bench.wormhole;

import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;

/** A QWormhole server that counts the connections that it accepts; each one counts as a message. */
final class ConnectHost extends Host implements Sink {
  private long target;

  static ConnectHost open(SideSpec spec) throws IOException {
    ConnectHost host = new ConnectHost();
    host.listen(spec);
    return host;
  }

  /** Waits until the connections of the round before are gone. */
  @Override
  public void expect(long connections, Duration patience) throws IOException {
    Arrivals.awaitNone(server()::connectionCount, patience);
    target = accepted() + connections;
  }

  /** The answer to a handshake leaves before the connection is counted. */
  @Override
  public void settle(Duration patience) {
    Arrivals.holds(() -> accepted() >= target, patience);
  }

  private long accepted() {
    return server().statistics().accepted();
  }

  @Override
  public Counts counts() {
    return Counts.right(accepted(), 0);
  }

  @Override
  public Histogram oneWay() {
    return null;
  }
}
