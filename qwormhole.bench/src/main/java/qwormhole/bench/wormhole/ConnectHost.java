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

  static ConnectHost open(SideSpec spec) throws IOException {
    ConnectHost host = new ConnectHost();
    host.listen(spec);
    return host;
  }

  /** Waits until the connections of the round before are gone. */
  @Override
  public void expect(long connections, Duration patience) throws IOException {
    Arrivals.awaitNone(server()::connectionCount, patience);
  }

  @Override
  public Counts counts() {
    return Counts.right(server().statistics().accepted(), 0);
  }

  @Override
  public Histogram oneWay() {
    return null;
  }
}
