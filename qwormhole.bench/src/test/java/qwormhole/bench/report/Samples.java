package qwormhole.bench.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Cost;
import qwormhole.bench.process.RoundReport;

/** Results as a run would have them. */
final class Samples {
  private static final Cost COST = new Cost(200_000_000, 20, 0, 0);

  private Samples() {}

  /** A round of 1 000 messages of 64 bytes at this rate. */
  static RoundReport stream(double messagesPerSecond) {
    Counts counts = new Counts(1_000, 1_000, 64_000);
    long nanos = Math.round(1_000 * 1e9 / messagesPerSecond);
    Effort effort = new Effort(10, 68_000, 0);
    return new RoundReport(
        nanos, 1_000, counts, counts, effort, Effort.UNKNOWN, COST, COST, 0.5, null, null);
  }

  /** A round of 1 000 round trips that all took so long. */
  static RoundReport ping(long nanos) {
    Histogram histogram = Round.histogram();
    histogram.recordValueWithCount(nanos, 1_000);
    Counts counts = new Counts(1_000, 1_000, 64_000);
    Effort effort = new Effort(1_000, 68_000, 0);
    return new RoundReport(
        1_000 * nanos,
        1_000,
        counts,
        counts,
        effort,
        Effort.UNKNOWN,
        COST,
        COST,
        0.5,
        histogram,
        histogram);
  }

  static Row row(Workload workload, String contender, Ratio ratio, RoundReport... rounds) {
    return new Row(
        workload,
        contender,
        contender,
        64,
        1,
        SendForm.SEND,
        Arrays.asList(rounds),
        Row.Outcome.MEASURED,
        "",
        ratio);
  }

  static Row skipped(String server, String client, String reason) {
    return new Row(
        Workload.STREAM,
        server,
        client,
        64,
        1,
        SendForm.SEND,
        List.of(),
        Row.Outcome.SKIPPED,
        reason,
        null);
  }

  static Result result(Row... rows) {
    Conditions conditions =
        new Conditions(
            Instant.parse("2025-01-02T03:04:05Z"),
            "1.2.3",
            "Some VM 17",
            "Somebody",
            List.of("-Xmx256m"),
            "Some CPU",
            2,
            "Linux 6 amd64",
            0.25,
            "loopback");
    Settings settings =
        new Settings(
            List.of(Workload.STREAM), List.of(64), 1_000, 0, 1, 3, 1, SendForm.SEND, true, 65_483);
    return new Result(conditions, settings, List.of(rows));
  }
}
