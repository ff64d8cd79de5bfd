package qwormhole.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import qwormhole.bench.process.VersionException;

/** Entry point: {@code java -m qwormhole.bench [command]}; without a command it is {@code run}. */
@Command(
    name = "qwormhole-bench",
    description = "Measures QWormhole: server and client in separate processes, on loopback.",
    synopsisSubcommandLabel = "[COMMAND]",
    mixinStandardHelpOptions = true,
    versionProvider = BenchVersion.class,
    subcommands = {
      RunCommand.class,
      BaselineCommand.class,
      FallbackCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      DoctorCommand.class,
      SelftestCommand.class,
      CompareCommand.class,
      HistoryCommand.class,
      JmhCommand.class,
      ReportCommand.class,
      ChildCommand.class
    },
    footer = "%nWithout a command: run. Its options: qwormhole-bench run --help",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All rows were measured, or skipped with a reason.",
      "1:A row failed, an echo did not come back, a file could not be written, or a result is worse"
          + " than the one it was compared with.",
      "2:The command line was wrong; nothing was run.",
      "3:A transport that was required cannot work here.",
      "4:The bench on the other machine is of another version.",
      "5:Two results that were to be compared have no row in common.",
      "130:Interrupted (143: killed politely): what was complete by then was printed and written."
    })
public final class Main implements Runnable {
  private static final List<String> OWN_OPTIONS = List.of("-h", "--help", "-V", "--version");

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(withDefaultCommand(args)));
  }

  /** The command line with all its commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              command.getErr().println("qwormhole-bench: " + told(exception));
              return exception instanceof VersionException ? ExitCodes.VERSION : ExitCodes.FAILED;
            });
  }

  /** What went wrong outside says so itself; anything else is a fault of the bench. */
  private static String told(Exception exception) {
    return exception instanceof IOException && exception.getMessage() != null
        ? exception.getMessage()
        : exception.toString();
  }

  private static int refuse(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().printf("%s: %s%nTry: %s --help%n", name, told(wrong), name);
    return ExitCodes.USAGE;
  }

  /** What is no option and comes where a command should be is one that does not exist. */
  private static String told(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !wrong.getCommandLine().getSubcommands().isEmpty()
        ? "there is no command '%s'".formatted(unmatched.getUnmatched().get(0))
        : wrong.getMessage();
  }

  private static String[] withDefaultCommand(String[] args) {
    if (args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]))) {
      return args;
    }
    List<String> completed = new ArrayList<>(List.of(args));
    completed.add(0, "run");
    return completed.toArray(String[]::new);
  }

  @Override
  public void run() {
    commandLine().usage(System.out);
  }
}
