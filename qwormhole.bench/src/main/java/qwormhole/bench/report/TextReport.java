package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Machine;

/** A result as aligned tables under the conditions that they hold under. */
public final class TextReport {
  private TextReport() {}

  /** The whole text. */
  public static String of(Result result) {
    StringBuilder text = new StringBuilder(header(result));
    for (Workload workload : Workload.values()) {
      List<Row> rows =
          result.rows().stream()
              .filter(row -> row.outcome() == Row.Outcome.MEASURED && row.workload() == workload)
              .toList();
      if (!rows.isEmpty()) {
        text.append('\n').append(Tables.of(workload, rows));
      }
    }
    List<Fallback> back =
        result.fallbacks().stream().filter(one -> one.outcome() == Row.Outcome.MEASURED).toList();
    if (!back.isEmpty()) {
      text.append('\n').append(FallbackTable.of(back));
    }
    String others = Unmeasured.of(result);
    return text.append(others.isEmpty() ? "" : "\n" + others).toString();
  }

  private static String header(Result result) {
    Conditions conditions = result.conditions();
    Settings settings = result.settings();
    StringBuilder text = new StringBuilder();
    text.append(
        "QWormhole bench %s, %s%n".formatted(conditions.machine().version(), conditions.date()));
    if (conditions.server() == null) {
      text.append(machine("", conditions.machine()))
          .append("TCP on loopback, server and client in separate processes\n");
    } else {
      text.append(machine("server: ", conditions.server()))
          .append(machine("client: ", conditions.machine()))
          .append("TCP between two machines\n");
    }
    if (result.interrupted()) {
      text.append("interrupted: what was complete by then\n");
    }
    if (result.rows().isEmpty()) {
      return text.toString();
    }
    List<String> features = settings.features().words();
    if (!features.isEmpty()) {
      text.append(
          "connections are %s; those of the bare pair are not%n"
              .formatted(String.join(", ", features)));
    }
    return text.append(
            "%d repeats in turn, each in new JVMs after %s s of warm-up; seed %d; median, min..max%n"
                .formatted(
                    settings.repeats(), Format.three(settings.warmupSeconds()), conditions.seed()))
        .toString();
  }

  private static String machine(String prefix, Machine machine) {
    return """
    %s%s, %s; children with %s
    %s%d x %s; %s; load average %.2f before
    """
        .formatted(
            prefix,
            machine.jvm(),
            machine.vendor(),
            String.join(" ", machine.jvmFlags()),
            prefix,
            machine.cores(),
            machine.cpu(),
            machine.os(),
            machine.loadAverage());
  }
}
