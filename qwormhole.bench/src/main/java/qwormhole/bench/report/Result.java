package qwormhole.bench.report;

import java.util.List;

/**
 * A run's result.
 *
 * @param conditions what the numbers depend on
 * @param settings what was asked for
 * @param interrupted whether it was cut short
 * @param rows what came out
 */
public record Result(
    Conditions conditions, Settings settings, boolean interrupted, List<Row> rows) {
  public Result {
    rows = List.copyOf(rows);
  }

  /** Whether any row failed. */
  public boolean hasFailures() {
    return rows.stream().anyMatch(row -> row.outcome() == Row.Outcome.FAILED);
  }
}
