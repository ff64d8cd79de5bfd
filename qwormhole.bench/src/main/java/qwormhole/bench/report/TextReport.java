package qwormhole.bench.report;

import java.util.List;
import java.util.Locale;
import qwormhole.bench.load.Workload;

/** A result as aligned tables under the conditions that they hold under. */
public final class TextReport {
  private TextReport() {}

  /** The whole text. */
  public static String of(Result result) {
    StringBuilder text = new StringBuilder(header(result));
    List<Row> streams = measured(result, Workload.STREAM);
    if (!streams.isEmpty()) {
      text.append('\n').append(StreamTable.of(streams));
    }
    List<Row> pings = measured(result, Workload.PINGPONG);
    if (!pings.isEmpty()) {
      text.append('\n').append(PingTable.of(pings));
    }
    List<Row> others =
        result.rows().stream().filter(row -> row.outcome() != Row.Outcome.MEASURED).toList();
    if (!others.isEmpty()) {
      text.append('\n');
      others.forEach(row -> text.append(explained(row)));
    }
    return text.toString();
  }

  private static List<Row> measured(Result result, Workload workload) {
    return result.rows().stream()
        .filter(row -> row.outcome() == Row.Outcome.MEASURED && row.workload() == workload)
        .toList();
  }

  private static String explained(Row row) {
    return "%s: %s %s, %d B: %s%n"
        .formatted(
            row.outcome().name().toLowerCase(Locale.ROOT),
            row.workload().id(),
            row.mode(),
            row.size(),
            row.reason());
  }

  private static String header(Result result) {
    Conditions here = result.conditions();
    Settings settings = result.settings();
    return """
    QWormhole bench %s, %s
    %s, %s; children with %s
    %d x %s; %s; load average %.2f before
    %s
    %d repeats in turn, each in new JVMs after %s s of warm-up; median, min..max
    """
        .formatted(
            here.version(),
            here.date(),
            here.jvm(),
            here.vendor(),
            String.join(" ", here.jvmFlags()),
            here.cores(),
            here.cpu(),
            here.os(),
            here.loadAverage(),
            here.network(),
            settings.repeats(),
            Format.three(settings.warmupSeconds()));
  }
}
