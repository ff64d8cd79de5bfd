package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;

/**
 * What both sides say of a round.
 *
 * @param elapsedNanos from the first send to the confirmation of the last message
 * @param sent messages the client sent
 * @param confirmed what the client was told, or for ping-pong what came back to it
 * @param counted what the server counted itself
 * @param clientEffort the client's calls
 * @param serverEffort the server's calls
 * @param clientCost what it cost the client's process
 * @param serverCost what it cost the server's process
 * @param neighbours processors that other processes kept busy meanwhile; NaN when not known
 * @param roundTrip see {@link qwormhole.bench.load.Round}
 * @param turnaround see {@link qwormhole.bench.load.Round}; the round trip where one thread does both
 */
public record RoundReport(
    long elapsedNanos,
    long sent,
    Counts confirmed,
    Counts counted,
    Effort clientEffort,
    Effort serverEffort,
    Cost clientCost,
    Cost serverCost,
    double neighbours,
    Histogram roundTrip,
    Histogram turnaround) {

  static RoundReport of(ObjectNode client, ObjectNode server, Neighbours neighbours)
      throws IOException {
    Cost clientCost = Cost.readFrom(client);
    Cost serverCost = Cost.readFrom(server);
    Histogram roundTrip = Lines.histogram(client, "roundTrip");
    Histogram turnaround = Lines.histogram(client, "turnaround");
    return new RoundReport(
        client.get("elapsedNanos").asLong(),
        client.get("sent").asLong(),
        Lines.counts(client),
        Lines.counts(server),
        Lines.effort(client),
        Lines.effort(server),
        clientCost,
        serverCost,
        neighbours.stop(clientCost.cpuNanos() + serverCost.cpuNanos()),
        roundTrip,
        turnaround == null ? roundTrip : turnaround);
  }

  /** Messages per second of elapsed time. */
  public double rate() {
    return sent * 1e9 / elapsedNanos;
  }

  /** Why the round cannot count, or null: every message must have arrived once, and right. */
  public String defect(long expected, int size) {
    Counts right = new Counts(expected, expected, expected * size);
    if (sent == expected && confirmed.equals(right) && counted.equals(right)) {
      return null;
    }
    return "of %d messages of %d bytes %d were sent, the client knows of %s, the server counted %s"
        .formatted(expected, size, sent, confirmed, counted);
  }
}
