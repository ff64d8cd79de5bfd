package qwormhole.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import qwormhole.bench.load.UnavailableException;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Interval;
import qwormhole.bench.scenario.CrossCheck;
import qwormhole.bench.scenario.Providers;
import qwormhole.bench.wormhole.Selftest;

/** {@code selftest}: whether an echo comes back. */
@Command(
    name = "selftest",
    description = {
      "Echoes a message between a server and a client in this process, over each provider.",
      "Providers that cannot work here are passed over unless they were named.",
      "With --measure: whether the bench's numbers agree with those of a client that shares no code"
          + " with it, within 10 %%. Takes a minute; the machine should have nothing else to do."
    },
    mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "<provider>", arity = "0..*", description = "Default: all there are.")
  private List<String> named = List.of();

  @Option(names = "--measure", description = "Compare the bench's numbers with a plain client's.")
  private boolean measure;

  @Override
  public Integer call() throws IOException {
    return measure ? crossCheck() : echo();
  }

  private int crossCheck() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Interval ratio;
    try (Site site = Site.here()) {
      ratio = new CrossCheck(site, out::println).run();
    }
    boolean ok = CrossCheck.isWithin(ratio.mean());
    boolean noisy = CrossCheck.isWithin(ratio.low()) || CrossCheck.isWithin(ratio.high());
    String otherwise = noisy ? "the machine is too busy to tell" : "they do not agree";
    out.printf(
        Locale.ROOT,
        "the bench over the plain client: %.3f, 95 %% within %.3f to %.3f: %s%n",
        ratio.mean(),
        ratio.low(),
        ratio.high(),
        ok ? "they agree" : otherwise);
    out.flush();
    return ok ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private int echo() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int echoes = 0;
    int failures = 0;
    for (String id : named.isEmpty() ? Providers.ids() : named) {
      try {
        out.printf("%s: %s%n", id, Selftest.echo(id));
        echoes++;
      } catch (UnavailableException e) {
        out.printf("%s: unavailable: %s%n", id, e.getMessage());
        failures += named.isEmpty() ? 0 : 1;
      } catch (IOException e) {
        err.printf("%s: failed: %s%n", id, e.getMessage());
        failures++;
      }
    }
    boolean ok = echoes > 0 && failures == 0;
    out.println(ok ? "echo ok" : "echo failed");
    out.flush();
    return ok ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
