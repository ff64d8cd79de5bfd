package qwormhole.bench;

import java.io.IOException;
import java.util.List;
import qwormhole.bench.process.Children;
import qwormhole.bench.report.Conditions;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Result;
import qwormhole.bench.report.Settings;
import qwormhole.bench.report.TextReport;
import qwormhole.bench.scenario.Pairing;
import qwormhole.bench.scenario.Runner;

/** Runs, prints and writes; what the measuring commands have in common. */
final class Benchmark {
  private Benchmark() {}

  /** Returns the exit code. */
  static int run(Settings settings, List<Pairing> pairings, OutputOptions output)
      throws IOException {
    Conditions conditions = Conditions.here();
    Result result;
    try (Children children = new Children();
        Progress progress = output.progress(Runner.steps(settings, pairings))) {
      result =
          new Result(
              conditions, settings, new Runner(settings, pairings, children, progress).run());
    }
    System.out.print(TextReport.of(result));
    System.out.flush();
    output.write(result);
    return result.hasFailures() ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
