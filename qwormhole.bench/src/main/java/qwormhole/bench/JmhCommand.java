package qwormhole.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import qwormhole.bench.micro.JmhProcess;

/** {@code jmh}: the micro-benchmarks. */
@Command(
    name = "jmh",
    description = {
      "Runs the JMH micro-benchmarks: frames, the send path, handshakes, the token bucket, codecs.",
      "All arguments are JMH's own: -l lists the benchmarks, -h its options; a name, or part of"
          + " one, chooses. -jvmArgsAppend adds flags to the forks."
    },
    customSynopsis = "qwormhole-bench jmh [JMH ARGUMENT...]")
final class JmhCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // It is picocli that looks at it.
  private boolean help;

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command;
    try {
      command = JmhProcess.command(JmhProcess.jar(), arguments);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return JmhProcess.run(command) == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
