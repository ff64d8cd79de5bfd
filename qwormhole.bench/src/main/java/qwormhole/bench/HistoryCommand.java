package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import qwormhole.bench.html.HistoryPage;

/** {@code history}: many results as one page. */
@Command(
    name = "history",
    description = "Makes a self-contained HTML page of how results changed over time.",
    mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {
  private static final int MAX_FILES = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "The page. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("history.html");

  @Parameters(
      paramLabel = "FILE.json",
      arity = "1.." + MAX_FILES,
      description = "What run --json wrote, in any order: their own dates count.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    return new PageFile(spec, output)
        .write(HistoryPage.of(files.stream().map(f -> ResultFiles.read(spec, f)).toList()));
  }
}
