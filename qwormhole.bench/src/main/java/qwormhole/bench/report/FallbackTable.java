package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.process.FallbackReport;
import qwormhole.bench.process.FallbackSpec;

/** The fallback scenario: times from the kill in milliseconds, and the account of messages. */
final class FallbackTable {
  private FallbackTable() {}

  static Table of(List<Fallback> fallbacks) {
    Table table =
        new Table(
            "fallback",
            "killed",
            "after",
            "clients",
            "detect ms",
            "re-listen",
            "first echo",
            "all echo",
            "sent",
            "received",
            "echoed",
            "unknown",
            "lost",
            "doubled");
    fallbacks.forEach(fallback -> add(table, fallback.spec(), fallback.report()));
    return table;
  }

  private static void add(Table table, FallbackSpec spec, FallbackReport report) {
    Account account = report.account();
    table.add(
        spec.mode(),
        spec.killed() + (spec.resume() ? ", resumable" : ""),
        JsonFallback.modeAfter(report),
        String.valueOf(spec.clients()),
        millis(report.after(spec.killed(), "ProviderFailed")),
        spec.killsServer() ? millis(report.after("server", "Listening")) : "",
        millis(account.firstBackAt() - report.struckAt()),
        millis(account.lastBackAt() - report.struckAt()),
        String.valueOf(account.sent()),
        String.valueOf(report.received()),
        String.valueOf(account.echoed()),
        String.valueOf(account.unknown()),
        String.valueOf(report.lost()),
        String.valueOf(report.doubles()));
  }

  private static String millis(long nanos) {
    return Format.three(nanos / 1e6);
  }
}
