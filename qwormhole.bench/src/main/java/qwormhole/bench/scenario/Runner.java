package qwormhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.UnavailableException;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Children;
import qwormhole.bench.process.RoundReport;
import qwormhole.bench.report.Format;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Ratio;
import qwormhole.bench.report.Row;
import qwormhole.bench.report.Settings;

/** Runs every workload and size with every pairing, the pairings in turn: A B A B. */
public final class Runner {
  private final Settings settings;
  private final List<Pairing> pairings;
  private final Children children;
  private final Progress progress;

  /** A runner of these pairings; where the yardstick is asked for it goes first. */
  public Runner(Settings settings, List<Pairing> pairings, Children children, Progress progress) {
    this.settings = settings;
    this.pairings = withBaseline(settings, pairings);
    this.children = children;
    this.progress = progress;
  }

  private static List<Pairing> withBaseline(Settings settings, List<Pairing> pairings) {
    if (!settings.baseline()) {
      return pairings;
    }
    List<Pairing> result = new ArrayList<>(List.of(Pairing.BARE));
    pairings.stream().filter(pairing -> !pairing.equals(Pairing.BARE)).forEach(result::add);
    return result;
  }

  /** How many repeats there are in all. */
  public static int steps(Settings settings, List<Pairing> pairings) {
    int sizes = settings.workloads().stream().mapToInt(w -> settings.sizesOf(w).size()).sum();
    return sizes * settings.repeats() * withBaseline(settings, pairings).size();
  }

  /** Runs all. */
  public List<Row> run() {
    List<Row> rows = new ArrayList<>();
    for (Workload workload : settings.workloads()) {
      for (int size : settings.sizesOf(workload)) {
        rows.addAll(compare(workload, size));
      }
    }
    return rows;
  }

  private List<Row> compare(Workload workload, int size) {
    SideSpec spec =
        new SideSpec(
            "", workload, size, settings.clients(), settings.send(), 0, settings.bareWriteBytes());
    Map<Pairing, Series> all = new LinkedHashMap<>();
    pairings.forEach(pairing -> all.put(pairing, new Series()));
    for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
      for (Pairing pairing : pairings) {
        progress.step(attempt(spec, pairing, all.get(pairing), repeat));
      }
    }
    return pairings.stream().map(pairing -> row(spec, pairing, all)).toList();
  }

  private String attempt(SideSpec spec, Pairing pairing, Series series, int repeat) {
    String what =
        "%s %s %d B #%d".formatted(spec.workload().id(), label(pairing), spec.size(), repeat);
    if (series.outcome != Row.Outcome.MEASURED) {
      return what;
    }
    progress.show(what);
    try {
      RoundReport round = new Trial(settings, spec).run(children, pairing);
      series.rounds.add(round);
      return what + "  " + Format.count(round.rate()) + " msg/s";
    } catch (UnavailableException e) {
      series.end(Row.Outcome.SKIPPED, e);
    } catch (IOException e) {
      series.end(Row.Outcome.FAILED, e);
    }
    return what + "  " + series.reason;
  }

  private static String label(Pairing pairing) {
    return pairing.equals(Pairing.BARE)
        ? pairing.server()
        : pairing.server() + ":" + pairing.client();
  }

  private Row row(SideSpec spec, Pairing pairing, Map<Pairing, Series> all) {
    Series series = all.get(pairing);
    List<RoundReport> bare =
        all.containsKey(Pairing.BARE) ? all.get(Pairing.BARE).rounds : List.of();
    boolean comparable =
        !pairing.equals(Pairing.BARE) && !bare.isEmpty() && !series.rounds.isEmpty();
    return new Row(
        spec.workload(),
        pairing.server(),
        pairing.client(),
        spec.size(),
        spec.clients(),
        spec.send(),
        series.rounds,
        series.outcome,
        series.reason,
        comparable ? Ratio.of(spec.workload(), series.rounds, bare) : null);
  }

  /** What a pairing has brought so far. */
  private static final class Series {
    private final List<RoundReport> rounds = new ArrayList<>();
    private Row.Outcome outcome = Row.Outcome.MEASURED;
    private String reason = "";

    private void end(Row.Outcome how, IOException cause) {
      outcome = how;
      reason = String.valueOf(cause.getMessage());
    }
  }
}
