package qwormhole.bench.report;

import java.util.List;

/**
 * A run's result.
 *
 * @param conditions what the numbers depend on
 * @param settings what was asked for
 * @param interrupted whether it was cut short
 * @param rows what came out
 * @param fallbacks what became of clients whose transport was killed
 */
public record Result(
    Conditions conditions,
    Settings settings,
    boolean interrupted,
    List<Row> rows,
    List<Fallback> fallbacks) {
  public Result {
    rows = List.copyOf(rows);
    fallbacks = List.copyOf(fallbacks);
  }

  /** One in which nothing was killed. */
  public Result(Conditions conditions, Settings settings, boolean interrupted, List<Row> rows) {
    this(conditions, settings, interrupted, rows, List.of());
  }

  /** Whether anything failed. */
  public boolean hasFailures() {
    return rows.stream().anyMatch(row -> row.outcome() == Row.Outcome.FAILED)
        || fallbacks.stream().anyMatch(one -> one.outcome() == Row.Outcome.FAILED);
  }
}
