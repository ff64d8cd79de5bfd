package qwormhole.bench.report;

import java.util.List;
import org.HdrHistogram.Histogram;
import qwormhole.bench.process.RoundReport;

/**
 * Ping-pong: the percentiles of all repeats together; the ratio is of the p50s of single repeats.
 */
final class PingTable {
  private PingTable() {}

  static Table of(List<Row> rows) {
    Table table =
        new Table(
            "pingpong",
            "size B",
            "clients",
            "per s",
            "us p50",
            "p90",
            "p99",
            "p99.9",
            "max",
            "p50 x bare",
            "min..max",
            "to application p50",
            "p99",
            "CPU ns/msg srv",
            "cli",
            "alloc B/msg srv",
            "cli",
            "others' CPUs");
    rows.forEach(row -> add(table, row));
    return table;
  }

  private static void add(Table table, Row row) {
    Histogram trip = PerMessage.merged(row, RoundReport::roundTrip);
    Histogram turn = PerMessage.merged(row, RoundReport::turnaround);
    Ratio ratio = row.ratio();
    table.add(
        row.mode(),
        String.valueOf(row.size()),
        String.valueOf(row.clients()),
        Format.count(Spread.of(row.rounds(), RoundReport::rate).median()),
        Format.micros(trip.getValueAtPercentile(50)),
        Format.micros(trip.getValueAtPercentile(90)),
        Format.micros(trip.getValueAtPercentile(99)),
        Format.micros(trip.getValueAtPercentile(99.9)),
        Format.micros(trip.getMaxValue()),
        ratio == null ? "" : Format.ratio(ratio.spread().median()),
        ratio == null ? "" : Format.ends(ratio.spread(), Format::ratio),
        row.isBare() ? "" : Format.micros(turn.getValueAtPercentile(50)),
        row.isBare() ? "" : Format.micros(turn.getValueAtPercentile(99)),
        Format.three(PerMessage.serverCpu(row)),
        Format.three(PerMessage.clientCpu(row)),
        Format.three(PerMessage.serverAllocation(row)),
        Format.three(PerMessage.clientAllocation(row)),
        Format.three(PerMessage.neighbours(row)));
  }
}
