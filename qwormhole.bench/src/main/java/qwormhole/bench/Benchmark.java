package qwormhole.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Conditions;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Result;
import qwormhole.bench.report.Row;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.Pairing;
import qwormhole.bench.scenario.Runner;

/** Runs, prints and writes; what the measuring commands have in common. */
final class Benchmark {
  private final CommandSpec command;
  private final Settings settings;
  private final List<Pairing> pairings;
  private final List<String> required;
  private final OutputOptions output;

  Benchmark(
      CommandSpec command,
      Settings settings,
      List<Pairing> pairings,
      List<String> required,
      OutputOptions output) {
    this.command = command;
    this.settings = settings.withModes(pairings.stream().map(Pairing::mode).toList());
    this.pairings = pairings;
    this.required = required;
    this.output = output;
  }

  /** Returns the exit code; what an interrupt leaves is printed and written too. */
  int run(Site site) throws IOException {
    Conditions conditions = Conditions.of(site, settings.seed());
    PrintWriter err = command.commandLine().getErr();
    try (Interruption interruption = new Interruption(site::abort)) {
      Result result;
      try (Progress progress = output.progress(Runner.steps(settings, pairings))) {
        List<Row> rows = new Runner(settings, pairings, site, progress, interruption).run();
        result = new Result(conditions, settings, interruption.isRequested(), rows);
      }
      output.finish(result);
      if (result.hasFailures()) {
        return ExitCodes.FAILED;
      }
      return Requirements.areMetBy(result, required, err) ? ExitCodes.OK : ExitCodes.UNAVAILABLE;
    }
  }
}
