package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private PageOptions page;

  @Parameters(
      paramLabel = "FILE.json",
      arity = "1.." + MAX_FILES,
      description = "What run --json wrote, in any order: their own dates count.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    Path target = page.target(spec, Path.of("history.html"));
    return page.write(
        spec, target, HistoryPage.of(files.stream().map(f -> ResultFiles.read(spec, f)).toList()));
  }
}
