package qwormhole.bench.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.fallback.Happening;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Specs;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Cost;
import qwormhole.bench.process.FallbackReport;
import qwormhole.bench.process.FallbackSpec;
import qwormhole.bench.process.Half;
import qwormhole.bench.process.Machine;
import qwormhole.bench.process.Memory;
import qwormhole.bench.process.RoundReport;

/** Results as a run would have them. */
final class Samples {
  private static final Cost COST = new Cost(200_000_000, 20, 1, 2);

  private static final long STRUCK = 1_000_000_000;

  private Samples() {}

  /** A round of 1 000 messages of 64 bytes at this rate. */
  static RoundReport stream(double messagesPerSecond) {
    return round(
        Workload.STREAM, Math.round(1_000 * 1e9 / messagesPerSecond), 64, histogram(2_000), null);
  }

  /** A round of 1 000 round trips that all took so long. */
  static RoundReport ping(long nanos) {
    return round(Workload.PINGPONG, 1_000 * nanos, 64, histogram(nanos), histogram(nanos));
  }

  /** A round of any workload in a second. */
  static RoundReport any(Workload workload) {
    return round(workload, 1_000_000_000, workload == Workload.CONNECT ? 0 : 64, null, null);
  }

  private static RoundReport round(
      Workload workload, long nanos, int size, Histogram latency, Histogram turnaround) {
    boolean connect = workload == Workload.CONNECT;
    Counts counts = Counts.right(1_000, size);
    Memory idle = connect ? new Memory(5_000_000, Memory.UNKNOWN) : null;
    Half client = new Half(COST, connect ? Effort.UNKNOWN : new Effort(10, 68_000, 3, 2), idle);
    Half server = new Half(COST, Effort.UNKNOWN, idle);
    return new RoundReport(
        workload, nanos, 1_000, counts, counts, server, client, 0.5, latency, turnaround);
  }

  private static Histogram histogram(long nanos) {
    Histogram histogram = Round.histogram();
    histogram.recordValueWithCount(nanos, 1_000);
    return histogram;
  }

  static Row row(Workload workload, String contender, List<Ratio> ratios, RoundReport... rounds) {
    return new Row(
        spec(workload),
        contender,
        contender,
        Arrays.asList(rounds),
        Row.Outcome.MEASURED,
        "",
        null,
        ratios);
  }

  static Row unmeasured(Row.Outcome outcome, String server, String reason, Counts defect) {
    return new Row(
        spec(Workload.STREAM), server, "java", List.of(), outcome, reason, defect, List.of());
  }

  private static SideSpec spec(Workload workload) {
    return Specs.of(workload, workload == Workload.CONNECT ? 0 : 64);
  }

  static Result result(Row... rows) {
    return new Result(
        new Conditions(Instant.parse("2025-01-02T03:04:05Z"), machine(), null, 7),
        settings(),
        false,
        List.of(rows));
  }

  /** The server loses lws. */
  static FallbackSpec fallbackSpec() {
    return new FallbackSpec("lws", "java", true, 2, 8, 64, false);
  }

  /** Struck 40 ms after the beginning, and all back 90 ms later. */
  static FallbackReport fallbackReport() {
    return fallbackReport(
        984,
        List.of(
            new Happening(STRUCK - 50_000_000, "server", "Listening", "native-lws"),
            new Happening(STRUCK + 1_000_000, "server", "ProviderFailed", "native-lws"),
            new Happening(STRUCK + 4_000_000, "server", "FailedOver", "native-lws -> java"),
            new Happening(STRUCK + 5_000_000, "server", "Listening", "java")));
  }

  /** The same, of 1 000 messages of which 16 have an unknown fate and so many came back. */
  static FallbackReport fallbackReport(long echoed, List<Happening> happenings) {
    return new FallbackReport(
        STRUCK,
        "java",
        "java",
        new Account(1_000, echoed, 16, 0, 0, STRUCK + 30_000_000, STRUCK + 90_000_000, 2),
        990,
        0,
        happenings,
        STRUCK - 40_000_000,
        20,
        List.of(500L, 400L, 0L, 84L),
        List.of(2, 2, 0, 1));
  }

  static Machine machine() {
    return new Machine(
        "1.2.3",
        "Some VM 17",
        "Somebody",
        List.of("-Xmx256m"),
        "Some CPU",
        2,
        "Linux 6 amd64",
        0.25);
  }

  static Settings settings() {
    return settings(Features.PLAIN);
  }

  static Settings settings(Features features) {
    return new Settings(
        List.of(Workload.STREAM),
        List.of("bare", "java:java"),
        List.of(64),
        1_000,
        0,
        1,
        0,
        3,
        1,
        SendForm.SEND,
        features,
        7,
        true,
        65_483);
  }
}
