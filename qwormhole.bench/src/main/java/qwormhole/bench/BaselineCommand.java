package qwormhole.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.Pairing;

/** {@code baseline}: the yardstick alone. */
@Command(
    name = "baseline",
    description = "Runs the bare pair of socket loops alone: what this machine can do.",
    mixinStandardHelpOptions = true)
final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LoadOptions load;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws Exception {
    Settings settings;
    try {
      settings = load.settings(SendForm.SEND, Features.PLAIN, false);
      output.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    try (Site site = Site.here()) {
      return new Benchmark(spec, settings, List.of(Pairing.BARE), List.of(), output).run(site);
    }
  }
}
