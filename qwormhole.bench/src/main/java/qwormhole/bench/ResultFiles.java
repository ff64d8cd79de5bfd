package qwormhole.bench;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import qwormhole.bench.saved.BadResultException;
import qwormhole.bench.saved.SavedResult;

/** Result files named on the command line. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * Reads one.
   *
   * @throws ParameterException when it is not a result, which says what it is instead
   */
  static SavedResult read(CommandSpec command, Path file) {
    try {
      return SavedResult.read(file);
    } catch (BadResultException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
