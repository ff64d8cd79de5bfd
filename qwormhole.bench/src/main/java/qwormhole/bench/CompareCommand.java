package qwormhole.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import qwormhole.bench.compare.Comparison;
import qwormhole.bench.compare.ComparisonReport;
import qwormhole.bench.compare.Metric;

/** {@code compare}: the gate. */
@Command(
    name = "compare",
    description = {
      "Compares two results row by row and fails when one is worse.",
      "A metric is worse when the whole 95 %% interval of its ratio says so, and a regression when"
          + " the whole interval is past the threshold. It takes two repeats on both sides to know"
          + " noise at all."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No regression.",
      "1:A regression, or a row that failed and had numbers before.",
      "2:The command line was wrong, or a file is not a result.",
      "5:No row was measured in both."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BASE.json", description = "The earlier result.")
  private Path base;

  @Parameters(index = "1", paramLabel = "NEW.json", description = "The later one.")
  private Path now;

  @Option(
      names = "--threshold",
      paramLabel = "<percent>",
      description = "A change up to this passes. Default: ${DEFAULT-VALUE}.")
  private double percent = 10;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "<name>",
      description = "rate, p50, p99, cpu, allocated, heap; several with commas. Default: all.")
  private Set<Metric> metrics = EnumSet.allOf(Metric.class);

  @Option(names = "--all", description = "Also list what is within noise.")
  private boolean all;

  @Option(names = "--markdown", description = "Print a Markdown table.")
  private boolean markdown;

  @Override
  public Integer call() {
    if (!(percent >= 0 && percent < 100)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold must be 0 to below 100: " + percent);
    }
    double threshold = percent / 100;
    Comparison comparison =
        Comparison.of(
            ResultFiles.read(spec, base), ResultFiles.read(spec, now), metrics, threshold);
    spec.commandLine()
        .getOut()
        .print(new ComparisonReport(comparison, threshold).text(all, markdown));
    spec.commandLine().getOut().flush();
    if (comparison.isEmpty()) {
      return ExitCodes.NOTHING_TO_COMPARE;
    }
    return comparison.hasRegressions() ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
