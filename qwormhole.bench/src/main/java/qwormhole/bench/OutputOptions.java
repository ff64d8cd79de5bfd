package qwormhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import qwormhole.bench.report.AtomicFile;
import qwormhole.bench.report.JsonReport;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Result;
import qwormhole.bench.report.TextReport;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.sheet.CsvSheet;
import qwormhole.bench.sheet.MarkdownSheet;

/** The options that say where results go. */
final class OutputOptions {
  @Option(
      names = "--json",
      paramLabel = "<file>",
      description = "Also write the result, with its raw data, to this file.")
  private Path json;

  @Option(
      names = "--csv",
      paramLabel = "<file>",
      description = "Also write a line for each row to this file.")
  private Path csv;

  @Option(names = "--markdown", description = "Print the result as Markdown.")
  private boolean markdown;

  @Option(names = "--no-progress", description = "Print nothing until the result is there.")
  private boolean noProgress;

  /**
   * Finds out before a long run whether its result can be written.
   *
   * @throws IllegalArgumentException when it cannot
   */
  void check() {
    check("--json", json);
    check("--csv", csv);
  }

  private static void check(String option, Path file) {
    String obstacle = file == null ? null : AtomicFile.obstacle(file);
    if (obstacle != null) {
      throw new IllegalArgumentException(option + ": " + obstacle);
    }
  }

  /** Progress of so many steps, on standard error. */
  Progress progress(int steps) {
    return new Progress(System.err, style(), steps);
  }

  private Progress.Style style() {
    if (noProgress) {
      return Progress.Style.NONE;
    }
    return Terminal.isOne() ? Progress.Style.TERMINAL : Progress.Style.LOG;
  }

  /**
   * Prints the result and writes the files that were asked for.
   *
   * @throws IOException when that is not possible
   */
  void finish(Result result) throws IOException {
    System.out.print(markdown ? MarkdownSheet.of(saved(result)) : TextReport.of(result));
    if (System.out.checkError()) {
      throw new IOException("the report could not be written to standard output");
    }
    if (json != null) {
      AtomicFile.write(json, JsonReport.of(result).toPrettyString() + "\n");
    }
    if (csv != null) {
      AtomicFile.write(csv, CsvSheet.of(saved(result)));
    }
  }

  /** As if it had been written and read. */
  private static SavedResult saved(Result result) throws IOException {
    return SavedResult.of("this run", JsonReport.of(result));
  }
}
