package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import qwormhole.bench.report.AtomicFile;

/** Where a page goes. */
final class PageOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "The page. Default: beside the result, with the ending .html.")
  private Path output;

  /**
   * The file to write.
   *
   * @throws ParameterException when it cannot be written
   */
  Path target(CommandSpec command, Path byDefault) {
    Path target = output == null ? byDefault : output;
    String obstacle = AtomicFile.obstacle(target);
    if (obstacle != null) {
      throw new ParameterException(command.commandLine(), "--output: " + obstacle);
    }
    return target;
  }

  /** Writes the page and says where it is. Returns the exit code. */
  int write(CommandSpec command, Path target, String text) throws IOException {
    AtomicFile.write(target, text);
    command.commandLine().getOut().println(target);
    command.commandLine().getOut().flush();
    return ExitCodes.OK;
  }
}
