package qwormhole.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.QWormhole;
import qwormhole.bench.wormhole.Selftest;

/** {@code providers}: what this installation has, one a line. */
@Command(
    name = "providers",
    description = "Lists the transport providers: id, whether each can listen here, and why not.",
    mixinStandardHelpOptions = true)
final class ProvidersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Candidate candidate : QWormhole.serverProviders().candidates()) {
      out.printf("%-12s %s%n", candidate.id(), availability(candidate.id()).strip());
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static String availability(String id) {
    try {
      return "available    " + Selftest.probe(id);
    } catch (IOException e) {
      return "unavailable  " + e.getMessage();
    }
  }
}
