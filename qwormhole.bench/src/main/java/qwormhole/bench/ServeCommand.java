package qwormhole.bench;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.process.ControlServer;
import qwormhole.bench.scenario.Providers;

/** {@code serve}: the server's half of a run between two machines. */
@Command(
    name = "serve",
    description = {
      "Waits for qwormhole-bench load and runs the servers that it asks for, until it is interrupted.",
      "There is no authentication: whoever reaches the port can put load on this machine."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  static final int DEFAULT_PORT = 9940;

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "<host>",
      description =
          "The address to listen on; 0.0.0.0 for all of IPv4. Default: ${DEFAULT-VALUE}, reached from"
              + " this machine only.")
  private String host = SideSpec.LOOPBACK;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      description = "Where load comes; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--data-port",
      paramLabel = "<port>",
      description = "Where the measured servers listen. Default: a free one each time.")
  private int dataPort;

  @Override
  public Integer call() throws Exception {
    try {
      Ranges.checkPort("--port", port, 0);
      Ranges.checkPort("--data-port", dataPort, 0);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Consumer<String> log = System.err::println;
    try (ControlServer server = new ControlServer(host, port, dataPort, Providers.ids(), log)) {
      spec.commandLine().getOut().printf("serving on %s, port %d%n", host, server.port());
      spec.commandLine().getOut().flush();
      server.serve();
    }
    return ExitCodes.OK;
  }
}
