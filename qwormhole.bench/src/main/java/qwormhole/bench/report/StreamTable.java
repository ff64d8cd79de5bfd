package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.process.RoundReport;

/** Streams: throughput, against the yardstick, and what a message costs. */
final class StreamTable {
  private StreamTable() {}

  static Table of(List<Row> rows) {
    Table table =
        new Table(
            "stream",
            "size B",
            "clients",
            "send",
            "messages",
            "msg/s",
            "min..max",
            "MB/s",
            "x bare",
            "min..max",
            "CPU ns/msg srv",
            "cli",
            "alloc B/msg srv",
            "cli",
            "B/write",
            "others' CPUs");
    rows.forEach(row -> add(table, row));
    return table;
  }

  private static void add(Table table, Row row) {
    Spread rate = Spread.of(row.rounds(), RoundReport::rate);
    Ratio ratio = row.ratio();
    table.add(
        row.mode(),
        String.valueOf(row.size()),
        String.valueOf(row.clients()),
        row.isBare() ? "bare" : row.send().id(),
        Format.count((double) row.rounds().get(0).sent()),
        Format.count(rate.median()),
        Format.ends(rate, Format::count),
        Format.three(rate.median() * row.size() / 1e6),
        ratio == null ? "" : Format.ratio(ratio.spread().median()),
        ratio == null ? "" : Format.ends(ratio.spread(), Format::ratio),
        Format.three(PerMessage.serverCpu(row)),
        Format.three(PerMessage.clientCpu(row)),
        Format.three(PerMessage.serverAllocation(row)),
        Format.three(PerMessage.clientAllocation(row)),
        Format.count(PerMessage.bytesPerWrite(row)),
        Format.three(PerMessage.neighbours(row)));
  }
}
