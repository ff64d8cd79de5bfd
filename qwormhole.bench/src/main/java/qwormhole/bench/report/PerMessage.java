package qwormhole.bench.report;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.process.Half;
import qwormhole.bench.process.RoundReport;

/** What a row's rounds come to, mostly for each message: medians over the repeats. */
final class PerMessage {
  /** The system counts a process's CPU time in ticks of 10 ms: less than ten say too little. */
  private static final double MEASURABLE_CPU_NANOS = 100e6;

  private PerMessage() {}

  /** CPU nanoseconds of one side; NaN when a round was too short to tell. */
  static double cpu(Row row, Function<RoundReport, Half> side) {
    return cpuTotal(row, side) < MEASURABLE_CPU_NANOS
        ? Double.NaN
        : median(row, round -> (double) side.apply(round).cost().cpuNanos() / round.sent());
  }

  /** CPU nanoseconds of one side in a whole round. */
  static double cpuTotal(Row row, Function<RoundReport, Half> side) {
    return median(row, round -> side.apply(round).cost().cpuNanos());
  }

  /** Bytes allocated on one side. */
  static double allocation(Row row, Function<RoundReport, Half> side) {
    return median(row, round -> (double) side.apply(round).cost().allocatedBytes() / round.sent());
  }

  /** Heap that an idle connection holds on one side, in bytes. */
  static double idleHeap(Row row, Function<RoundReport, Half> side) {
    return median(row, round -> (double) side.apply(round).idle().heapBytes() / round.sent());
  }

  /** By how much the resident set grew for an idle connection; NaN where the system does not tell. */
  static double idleResident(Row row, Function<RoundReport, Half> side) {
    boolean known =
        row.rounds().stream().allMatch(round -> side.apply(round).idle().isResidentKnown());
    return known
        ? median(row, round -> (double) side.apply(round).idle().rssBytes() / round.sent())
        : Double.NaN;
  }

  /** Processors that other processes kept busy meanwhile. */
  static double neighbours(Row row) {
    return median(row, RoundReport::neighbours);
  }

  static double median(Row row, ToDoubleFunction<RoundReport> property) {
    return Spread.of(row.rounds(), property).median();
  }

  /** The calls of one side in all repeats; unknown when it does not tell. */
  static Effort effort(Row row, Function<RoundReport, Half> side) {
    boolean known = row.rounds().stream().allMatch(round -> side.apply(round).effort().isKnown());
    return known
        ? row.rounds().stream()
            .map(round -> side.apply(round).effort())
            .reduce(Effort.NONE, Effort::plus)
        : Effort.UNKNOWN;
  }

  /** The side that sends: the server for a broadcast. */
  static Half sender(RoundReport round) {
    return round.workload().isServerDriven() ? round.server() : round.client();
  }

  /** Bytes that a write call of the sender took, headers included; NaN when it does not tell. */
  static double bytesPerWrite(Row row) {
    Effort effort = effort(row, PerMessage::sender);
    return effort.writes() > 0 ? (double) effort.bytesWritten() / effort.writes() : Double.NaN;
  }

  /** The histogram of all repeats; none unless every one has it. */
  static Optional<Histogram> merged(Row row, Function<RoundReport, Histogram> which) {
    if (row.rounds().isEmpty() || row.rounds().stream().anyMatch(r -> which.apply(r) == null)) {
      return Optional.empty();
    }
    Histogram sum = Round.histogram();
    row.rounds().forEach(round -> sum.add(which.apply(round)));
    return Optional.of(sum);
  }
}
