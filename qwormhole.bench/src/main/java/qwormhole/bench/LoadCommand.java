package qwormhole.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.Pairing;
import qwormhole.bench.scenario.Providers;

/** {@code load}: the client's half of a run between two machines. */
@Command(
    name = "load",
    description = {
      "Runs the clients here and the servers on another machine, where qwormhole-bench serve runs.",
      "Options and output are those of run; both sides must be of the same version."
    },
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LoadOptions load;
  @Mixin private MatrixOptions matrix;
  @Mixin private OutputOptions output;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "<host>",
      description = "Where qwormhole-bench serve runs.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      description = "Its port. Default: ${DEFAULT-VALUE}.")
  private int port = ServeCommand.DEFAULT_PORT;

  @Override
  public Integer call() throws Exception {
    Settings settings;
    try {
      settings = load.settings(matrix.send(), matrix.features(), matrix.baseline());
      Ranges.checkPort("--port", port, 1);
      output.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    try (Site site = Site.remote(host, port)) {
      List<String> servers = site.serverProviders().orElseThrow();
      List<Pairing> pairings;
      try {
        pairings = matrix.pairings(servers, Providers.ids());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
      return new Benchmark(spec, settings, pairings, matrix.required(), output).run(site);
    }
  }
}
