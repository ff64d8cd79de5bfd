package qwormhole.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.Pairing;
import qwormhole.bench.scenario.Providers;

/** {@code run}: the default. */
@Command(
    name = "run",
    description = {
      "Runs workloads over pairings of transports, server and client in separate processes, in turn.",
      "The default command."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LoadOptions load;
  @Mixin private MatrixOptions matrix;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws Exception {
    Settings settings;
    List<Pairing> pairings;
    try {
      settings = load.settings(matrix.send(), matrix.features(), matrix.baseline());
      List<String> ids = Providers.ids();
      pairings = matrix.pairings(ids, ids);
      output.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    PrintWriter err = spec.commandLine().getErr();
    if (!Requirements.areMetHere(matrix.required(), err)) {
      return ExitCodes.UNAVAILABLE;
    }
    try (Site site = Site.here()) {
      return new Benchmark(spec, settings, pairings, matrix.required(), output).run(site);
    }
  }
}
