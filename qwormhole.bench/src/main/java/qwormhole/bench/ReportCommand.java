package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import qwormhole.bench.html.ReportPage;

/** {@code report}: a result as a page. */
@Command(
    name = "report",
    description = "Makes a self-contained HTML page of a result.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "The page. Default: beside the result, with the ending .html.")
  private Path output;

  @Parameters(paramLabel = "FILE.json", description = "What run --json wrote.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    return new PageFile(spec, output == null ? beside(file) : output)
        .write(ReportPage.of(ResultFiles.read(spec, file)));
  }

  /** The same name with another ending. */
  private static Path beside(Path json) {
    String name = String.valueOf(json.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return json.resolveSibling(stem + ".html");
  }
}
