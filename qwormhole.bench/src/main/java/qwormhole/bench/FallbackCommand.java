package qwormhole.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.process.Descriptors;
import qwormhole.bench.process.FallbackPair;
import qwormhole.bench.process.FallbackSpec;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Conditions;
import qwormhole.bench.report.Fallback;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Result;
import qwormhole.bench.report.Settings;
import qwormhole.bench.scenario.FallbackRunner;
import qwormhole.bench.scenario.Providers;

/** {@code fallback}: whether clients come back, and what became of their messages. */
@Command(
    name = "fallback",
    description = {
      "Kills native transports under load, and accounts for every message.",
      "First a server's transport, then the clients' own. Tells when clients come back on java and what"
          + " became of their messages; lost or doubled ones are a failure."
    },
    mixinStandardHelpOptions = true)
final class FallbackCommand implements Callable<Integer> {
  private static final int MAX_SIZE = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;

  @Option(
      names = "--provider",
      split = ",",
      paramLabel = "<id>",
      description = "What is killed; several with commas. Default: all but java.")
  private List<String> providers = List.of();

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description = "Clients under load. Default: ${DEFAULT-VALUE}.")
  private int clients = 64;

  @Option(
      names = "--depth",
      paramLabel = "<n>",
      description = "Echoes that each keeps outstanding. Default: ${DEFAULT-VALUE}.")
  private int depth = 16;

  @Option(
      names = "--size",
      paramLabel = "<bytes>",
      description = "Payload bytes of a message. Default: ${DEFAULT-VALUE}.")
  private int size = 64;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      description =
          "How long the load runs before the kill, and again after all are back. Default: 2.")
  private double seconds = 2;

  @Option(
      names = "--resume",
      description = "Sessions can be resumed: then no message's fate may be unknown either.")
  private boolean resume;

  @Option(
      names = "--require",
      split = ",",
      paramLabel = "<id>",
      description = "Transports that must work here; if one does not, the exit code is 3.")
  private List<String> required = List.of();

  @Override
  public Integer call() throws Exception {
    List<FallbackSpec> specs;
    try {
      specs = specs();
      output.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (!Requirements.areMetHere(required, spec.commandLine().getErr())) {
      return ExitCodes.UNAVAILABLE;
    }
    try (Site site = Site.here()) {
      return run(site, specs);
    }
  }

  private List<FallbackSpec> specs() {
    Ranges.check("--clients", clients, 1, Limits.MAX_CLIENTS);
    Ranges.check("--depth", depth, 1, Limits.MAX_DEPTH);
    Ranges.check("--size", size, FallbackPair.MIN_SIZE, MAX_SIZE);
    if (!(seconds > 0 && seconds <= 25)) {
      throw new IllegalArgumentException("--seconds must be over 0 and up to 25: " + seconds);
    }
    String obstacle = Descriptors.obstacle(clients);
    if (obstacle != null) {
      throw new IllegalArgumentException("--clients: " + obstacle);
    }
    List<String> natives = Providers.ids().stream().filter(id -> !id.equals("java")).toList();
    for (String id : providers) {
      if (!natives.contains(id)) {
        throw new IllegalArgumentException(
            "--provider must be some of %s: %s".formatted(String.join(", ", natives), id));
      }
    }
    return FallbackRunner.specs(
        providers.isEmpty() ? natives : providers, clients, depth, size, resume);
  }

  private Integer run(Site site, List<FallbackSpec> specs) throws IOException {
    Settings settings =
        new Settings(
            List.of(),
            specs.stream().map(FallbackSpec::mode).distinct().toList(),
            List.of(size),
            0,
            seconds,
            clients,
            depth,
            1,
            0,
            SendForm.TRY,
            new Features(false, resume, false),
            0,
            false,
            64);
    Conditions conditions = Conditions.of(site, 0);
    Duration load = Duration.ofMillis(Math.round(seconds * 1_000));
    try (Interruption interruption = new Interruption(site::abort)) {
      List<Fallback> fallbacks;
      try (Progress progress = output.progress(specs.size())) {
        fallbacks = new FallbackRunner(load, load, site, progress, interruption).run(specs);
      }
      Result result =
          new Result(conditions, settings, interruption.isRequested(), List.of(), fallbacks);
      output.finish(result);
      return result.hasFailures() ? ExitCodes.FAILED : ExitCodes.OK;
    }
  }
}
