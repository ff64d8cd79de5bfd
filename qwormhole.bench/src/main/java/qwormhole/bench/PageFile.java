package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import qwormhole.bench.report.AtomicFile;

/** A page that a command writes. */
final class PageFile {
  private final CommandSpec command;
  private final Path path;

  /**
   * The file to write.
   *
   * @throws ParameterException when it cannot be written
   */
  PageFile(CommandSpec command, Path path) {
    this.command = command;
    this.path = path;
    String obstacle = AtomicFile.obstacle(path);
    if (obstacle != null) {
      throw new ParameterException(command.commandLine(), "--output: " + obstacle);
    }
  }

  /** Writes the page and says where it is. Returns the exit code. */
  int write(String text) throws IOException {
    AtomicFile.write(path, text);
    command.commandLine().getOut().println(path);
    command.commandLine().getOut().flush();
    return ExitCodes.OK;
  }
}
