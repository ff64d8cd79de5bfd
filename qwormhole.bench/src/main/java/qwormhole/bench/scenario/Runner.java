package qwormhole.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.UnavailableException;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.RoundReport;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Format;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Ratio;
import qwormhole.bench.report.Row;
import qwormhole.bench.report.Settings;

/** Runs every workload and size with every pairing, the pairings in turn: A B A B. */
public final class Runner {
  /** A terminal's interrupt reaches the children at the same moment as the bench. */
  private static final Duration SAME_MOMENT = Duration.ofMillis(300);

  private final Settings settings;
  private final List<Pairing> pairings;
  private final Site site;
  private final Progress progress;
  private final Stop stop;

  /** A runner of these pairings. */
  public Runner(
      Settings settings, List<Pairing> pairings, Site site, Progress progress, Stop stop) {
    this.settings = settings;
    this.pairings = pairings;
    this.site = site;
    this.progress = progress;
    this.stop = stop;
  }

  /** How many repeats there are in all. */
  public static int steps(Settings settings, List<Pairing> pairings) {
    int sizes = settings.workloads().stream().mapToInt(w -> w.sizes(settings.sizes()).size()).sum();
    return sizes * settings.repeats() * pairings.size();
  }

  /** Runs all, or as much as it may. */
  public List<Row> run() {
    List<Row> rows = new ArrayList<>();
    for (Workload workload : settings.workloads()) {
      for (int size : workload.sizes(settings.sizes())) {
        rows.addAll(compare(settings.spec(workload, size, site.host(), site.isLocal())));
      }
    }
    return rows;
  }

  private List<Row> compare(SideSpec spec) {
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
        "%s %s %d B #%d".formatted(spec.workload().id(), pairing.mode(), spec.size(), repeat);
    if (series.outcome != Row.Outcome.MEASURED || stop.isRequested(Duration.ZERO)) {
      return what;
    }
    progress.show(what);
    try {
      if (!pairing.runs(spec.workload())) {
        throw new UnavailableException(
            "%s has no %s".formatted(pairing.mode(), spec.workload().id()), null);
      }
      RoundReport round = new Trial(settings, spec).run(site, pairing);
      series.rounds.add(round);
      return what + "  " + Format.count(round.rate()) + "/s";
    } catch (UnavailableException e) {
      series.end(Row.Outcome.SKIPPED, e);
    } catch (IOException e) {
      if (stop.isRequested(SAME_MOMENT)) {
        return what;
      }
      series.end(Row.Outcome.FAILED, e);
    }
    return what + "  " + series.reason;
  }

  private Row row(SideSpec spec, Pairing pairing, Map<Pairing, Series> all) {
    Series series = all.get(pairing);
    if (series.rounds.isEmpty() && series.outcome == Row.Outcome.MEASURED) {
      series.outcome = Row.Outcome.SKIPPED;
      series.reason = "interrupted before its first repeat was complete";
    }
    return new Row(
        spec,
        pairing.server(),
        pairing.client(),
        series.rounds,
        series.outcome,
        series.reason,
        series.defect,
        series.outcome == Row.Outcome.MEASURED ? ratios(spec, pairing, all) : List.of());
  }

  private static List<Ratio> ratios(SideSpec spec, Pairing pairing, Map<Pairing, Series> all) {
    List<Ratio> ratios = new ArrayList<>();
    for (Pairing other : List.of(Pairing.BARE, Pairing.CORE)) {
      Series series = all.get(other);
      if (!pairing.isBare()
          && !pairing.equals(other)
          && series != null
          && !series.rounds.isEmpty()) {
        ratios.add(Ratio.of(spec.workload(), other.mode(), all.get(pairing).rounds, series.rounds));
      }
    }
    return ratios;
  }

  /** What a pairing has brought so far. */
  private static final class Series {
    private final List<RoundReport> rounds = new ArrayList<>();
    private Row.Outcome outcome = Row.Outcome.MEASURED;
    private String reason = "";
    private Counts defect;

    private void end(Row.Outcome how, IOException cause) {
      outcome = how;
      reason = String.valueOf(cause.getMessage());
      defect = cause instanceof Trial.DefectException e ? e.counts() : null;
    }
  }
}
