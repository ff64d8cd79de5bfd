package qwormhole.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import qwormhole.bench.report.Result;
import qwormhole.bench.report.Row;
import qwormhole.bench.scenario.Providers;
import qwormhole.bench.wormhole.Selftest;

/** Whether the transports that must work do. */
final class Requirements {
  private Requirements() {}

  /** Whether each can listen on this machine; says why not. */
  static boolean areMetHere(List<String> ids, PrintWriter err) {
    boolean met = true;
    for (String id : ids) {
      if (!Providers.ids().contains(id)) {
        err.printf(
            "required transport %s: it is not on the module path; there are %s%n",
            id, String.join(", ", Providers.ids()));
        met = false;
        continue;
      }
      try {
        Selftest.probe(id);
      } catch (IOException e) {
        err.printf("required transport %s: %s%n", id, e.getMessage());
        met = false;
      }
    }
    err.flush();
    return met;
  }

  /** Whether each was measured, and none was skipped, in this result. */
  static boolean areMetBy(Result result, List<String> ids, PrintWriter err) {
    boolean met = true;
    for (String id : ids) {
      List<Row> rows =
          result.rows().stream()
              .filter(row -> row.server().equals(id) || row.client().equals(id))
              .toList();
      boolean skipped = rows.stream().anyMatch(row -> row.outcome() == Row.Outcome.SKIPPED);
      if (rows.isEmpty() || skipped) {
        err.printf("required transport %s was not measured%n", id);
        met = false;
      }
    }
    err.flush();
    return met;
  }
}
