package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;

/** The table of each kind of workload. */
final class Tables {
  private Tables() {}

  static Table of(Workload workload, List<Row> rows) {
    return switch (workload) {
      case STREAM, BULK, BROADCAST -> oneWay(workload, rows);
      case PINGPONG, PIPELINE -> echo(workload, rows);
      case CONNECT -> connect(rows);
    };
  }

  /** Throughput, against others, and what a message costs. */
  private static Table oneWay(Workload workload, List<Row> rows) {
    return Columns.table(
        rows,
        Columns.mode(workload.id()),
        Columns.of("size B", row -> String.valueOf(row.spec().size())),
        Columns.of("clients", row -> String.valueOf(row.spec().clients())),
        Columns.of("send", Tables::form),
        Columns.of("messages", row -> Format.count((double) row.rounds().get(0).sent())),
        Columns.rate("msg/s"),
        Columns.of("MB/s", row -> Format.three(rate(row) * row.spec().size() / 1e6)),
        Columns.ratios(""),
        Columns.percentiles("one way us", RoundReport::latency),
        Columns.sides("CPU ns/msg", PerMessage::cpu, Format::three),
        Columns.sides("alloc B/msg", PerMessage::allocation, Format::three),
        Columns.of("B/write", row -> Format.count(PerMessage.bytesPerWrite(row))),
        Columns.neighbours());
  }

  /** Round trips: percentiles of all repeats together; the ratio of ping-pong is of its p50s. */
  private static Table echo(Workload workload, List<Row> rows) {
    return Columns.table(
        rows,
        Columns.mode(workload.id()),
        Columns.of("size B", row -> String.valueOf(row.spec().size())),
        Columns.of("clients", row -> String.valueOf(row.spec().clients())),
        Columns.of("depth", row -> depth(row)),
        Columns.rate("echoes/s"),
        Columns.percentiles("us", RoundReport::latency),
        Columns.ratios(workload == Workload.PINGPONG ? "p50 " : ""),
        Columns.percentiles("to application us", RoundReport::turnaround),
        Columns.sides("CPU ns/msg", PerMessage::cpu, Format::three),
        Columns.sides("alloc B/msg", PerMessage::allocation, Format::three),
        Columns.neighbours());
  }

  private static Table connect(List<Row> rows) {
    return Columns.table(
        rows,
        Columns.mode("connect"),
        Columns.of("connections", row -> String.valueOf(row.spec().clients())),
        Columns.of("at once", row -> String.valueOf(row.spec().depth())),
        Columns.rate("per s"),
        Columns.percentiles("us", RoundReport::latency),
        Columns.ratios(""),
        Columns.sides("idle heap B", PerMessage::idleHeap, Format::count),
        Columns.sides("idle RSS B", PerMessage::idleResident, Format::count),
        Columns.neighbours());
  }

  private static String form(Row row) {
    return row.workload().isStream() && !row.isBare() ? row.spec().send().id() : "";
  }

  private static String depth(Row row) {
    return row.workload().hasDepth() ? String.valueOf(row.spec().depth()) : "";
  }

  private static double rate(Row row) {
    return PerMessage.median(row, RoundReport::rate);
  }
}
