package qwormhole.bench.report;

import java.util.function.Function;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Round;
import qwormhole.bench.process.Cost;
import qwormhole.bench.process.RoundReport;

/** What a row's rounds come to, mostly for each message: medians over the repeats. */
final class PerMessage {
  /** The system counts a process's CPU time in ticks of 10 ms: less than ten say too little. */
  private static final double MEASURABLE_CPU_NANOS = 100e6;

  private PerMessage() {}

  /** Nanoseconds; NaN when a round was too short to tell. */
  static double serverCpu(Row row) {
    return cpu(row, RoundReport::serverCost);
  }

  /** Nanoseconds; NaN when a round was too short to tell. */
  static double clientCpu(Row row) {
    return cpu(row, RoundReport::clientCost);
  }

  private static double cpu(Row row, Function<RoundReport, Cost> side) {
    double perRound = Spread.of(row.rounds(), round -> side.apply(round).cpuNanos()).median();
    return perRound < MEASURABLE_CPU_NANOS
        ? Double.NaN
        : median(row, round -> side.apply(round).cpuNanos());
  }

  static double serverAllocation(Row row) {
    return median(row, round -> round.serverCost().allocatedBytes());
  }

  static double clientAllocation(Row row) {
    return median(row, round -> round.clientCost().allocatedBytes());
  }

  private static double median(Row row, Function<RoundReport, Long> total) {
    return Spread.of(row.rounds(), round -> (double) total.apply(round) / round.sent()).median();
  }

  /** Processors that other processes kept busy meanwhile. */
  static double neighbours(Row row) {
    return Spread.of(row.rounds(), RoundReport::neighbours).median();
  }

  /** Bytes that a write call of the client took, headers included. */
  static double bytesPerWrite(Row row) {
    return Spread.of(
            row.rounds(),
            round ->
                (double) round.clientEffort().bytesWritten()
                    / Math.max(1, round.clientEffort().writes()))
        .median();
  }

  /** The histogram of all repeats. */
  static Histogram merged(Row row, Function<RoundReport, Histogram> which) {
    Histogram sum = Round.histogram();
    row.rounds().forEach(round -> sum.add(which.apply(round)));
    return sum;
  }
}
