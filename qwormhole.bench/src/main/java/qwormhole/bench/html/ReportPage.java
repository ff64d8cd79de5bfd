package qwormhole.bench.html;

import java.util.List;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** A result as a page. */
public final class ReportPage {
  private ReportPage() {}

  /** The whole HTML text; needs nothing but itself. */
  public static String of(SavedResult result) {
    List<SavedRow> measured = result.measured();
    String subtitle =
        "%s, version %s: %s cores of %s, %s, %s"
            .formatted(
                Numbers.date(result.date()),
                result.condition("version"),
                result.condition("cores"),
                result.condition("cpu"),
                result.condition("jvm"),
                result.condition("network"));
    return Page.of(
        "QWormhole bench",
        subtitle,
        new Headline(result)::write,
        List.of(
            new Throughput(measured),
            new Latency(measured),
            new Cpu(measured),
            new Connections(measured),
            new Fallbacks(result.fallbacks()),
            new NotMeasured(result),
            new AllRows(measured),
            new ConditionsSection(result)),
        "Made from " + result.name() + " by qwormhole-bench report.");
  }
}
