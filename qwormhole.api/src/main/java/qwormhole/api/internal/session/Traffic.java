package qwormhole.api.internal.session;

import java.util.Collection;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * Sums what an endpoint's connections count, each once, whether it still lives or has ended, so that no
 * sum is ever less than one before. Any thread.
 */
final class Traffic {
  private ConnectionStatistics ended = ConnectionStatistics.NONE;

  /** A connection has ended; what its counters say is final. */
  synchronized void ended(PeerConnection<?> connection) {
    ended = ended.plus(connection.statistics().ended());
    connection.isInTotal = true;
  }

  /** All that have ended, and those of the given ones that have not. */
  synchronized ConnectionStatistics with(Collection<? extends PeerConnection<?>> present) {
    ConnectionStatistics sum = ended;
    for (PeerConnection<?> connection : present) {
      if (!connection.isInTotal) {
        sum = sum.plus(connection.statistics());
      }
    }
    return sum;
  }
}
