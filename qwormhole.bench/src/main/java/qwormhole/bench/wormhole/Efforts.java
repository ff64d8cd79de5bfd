package qwormhole.bench.wormhole;

import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.bench.load.Effort;

/** A connection's counters as the bench tells them. */
final class Efforts {
  private Efforts() {}

  static Effort of(ConnectionStatistics statistics, long backpressure) {
    return new Effort(
        statistics.writes(), statistics.bytesOut(), statistics.refused(), backpressure);
  }
}
