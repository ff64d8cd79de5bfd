package qwormhole.bench.html;

import java.util.List;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** What a reader must know before any number is believed; nothing where there is nothing. */
final class Caveats {
  /** A quiet machine's own housekeeping takes less, in processors. */
  private static final double BUSY = 0.25;

  private final SavedResult result;

  Caveats(SavedResult result) {
    this.result = result;
  }

  void write(Markup markup) {
    if (result.interrupted()) {
      banner(
          markup, "This run was cut short. Its rows hold the repeats that were complete by then.");
    }
    List<SavedRow> measured = result.measured();
    double[] disturbed =
        measured.stream()
            .mapToDouble(Caveats::others)
            .filter(cpus -> cpus > BUSY)
            .sorted()
            .toArray();
    if (disturbed.length > 0) {
      banner(
          markup,
          "The machine was busy: during %d of %d rows other processes used processors, up to %s of %s. Their numbers are lower and less steady than they would be."
              .formatted(
                  disturbed.length,
                  measured.size(),
                  Numbers.plain(disturbed[disturbed.length - 1], 1),
                  result.condition("cores")));
    }
  }

  private static double others(SavedRow row) {
    return row.number("/otherProcessesCpus");
  }

  private static void banner(Markup markup, String text) {
    markup.element("p", text, "class", "banner");
  }
}
