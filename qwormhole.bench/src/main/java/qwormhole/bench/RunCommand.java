package qwormhole.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.Pairing;
import qwormhole.bench.scenario.Providers;

/** {@code run}: the default. */
@Command(
    name = "run",
    description = "Runs workloads over pairings of providers. The default command.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LoadOptions load;
  @Mixin private OutputOptions output;

  @Option(
      names = "--mode",
      paramLabel = "<mode>",
      description =
          "all, a provider id for both sides, <server>:<client>, or bare; several with commas."
              + " What cannot work here becomes a skipped row. Default: ${DEFAULT-VALUE}.")
  private String mode = "all";

  @Option(
      names = "--send",
      paramLabel = "<form>",
      description =
          "How streams are sent: ${COMPLETION-CANDIDATES}: blocking, an explicit scope for each"
              + " 8192 messages, or trySend and waiting for drain. Default: SEND.")
  private SendForm send = SendForm.SEND;

  @Option(
      names = "--baseline",
      description = "Run the bare pair of socket loops in turn with each row, and print ratios.")
  private boolean baseline;

  @Override
  public Integer call() throws Exception {
    Settings settings;
    List<Pairing> pairings;
    try {
      settings = load.settings(send, baseline);
      pairings = Pairing.parse(mode, Providers.ids());
      output.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return Benchmark.run(settings, pairings, output);
  }
}
