package qwormhole.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import qwormhole.bench.load.UnavailableException;
import qwormhole.bench.process.FallbackPair;
import qwormhole.bench.process.FallbackReport;
import qwormhole.bench.process.FallbackSpec;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Fallback;
import qwormhole.bench.report.Progress;
import qwormhole.bench.report.Row;

/** Kills transports under load, one after the other. */
public final class FallbackRunner {
  private static final Duration SAME_MOMENT = Duration.ofMillis(300);

  private final Duration before;
  private final Duration after;
  private final Site site;
  private final Progress progress;
  private final Stop stop;

  /**
   * A runner.
   *
   * @param before how long the load runs before the kill
   * @param after and how long after all clients are back
   */
  public FallbackRunner(Duration before, Duration after, Site site, Progress progress, Stop stop) {
    this.before = before;
    this.after = after;
    this.site = site;
    this.progress = progress;
    this.stop = stop;
  }

  /** For each native transport: it serves and is killed, then it connects and is killed. */
  public static List<FallbackSpec> specs(
      List<String> providers, int clients, int depth, int size, boolean resume) {
    List<FallbackSpec> specs = new ArrayList<>();
    for (String id : providers) {
      specs.add(new FallbackSpec(id, "java", true, clients, depth, size, resume));
      specs.add(new FallbackSpec("java", id, false, clients, depth, size, resume));
    }
    return specs;
  }

  /** Runs all, or as much as it may. */
  public List<Fallback> run(List<FallbackSpec> specs) {
    return specs.stream().map(this::attempt).toList();
  }

  private Fallback attempt(FallbackSpec spec) {
    String what = "fallback %s, %s killed".formatted(spec.mode(), spec.killed());
    if (stop.isRequested(Duration.ZERO)) {
      return new Fallback(spec, null, Row.Outcome.SKIPPED, "interrupted before it began");
    }
    progress.show(what);
    Fallback fallback = outcome(spec);
    progress.step(what + "  " + told(fallback));
    return fallback;
  }

  private static String told(Fallback fallback) {
    FallbackReport report = fallback.report();
    return fallback.outcome() != Row.Outcome.MEASURED
        ? fallback.reason()
        : "all back after %d ms"
            .formatted((report.account().lastBackAt() - report.struckAt()) / 1_000_000);
  }

  private Fallback outcome(FallbackSpec spec) {
    try (FallbackPair pair = site.fallbackPair(spec)) {
      pair.start();
      load(before);
      long struckAt = pair.strike();
      load(after);
      FallbackReport report = pair.finish(struckAt);
      String defect = defect(spec, report);
      return defect == null
          ? new Fallback(spec, report, Row.Outcome.MEASURED, "")
          : new Fallback(spec, report, Row.Outcome.FAILED, defect);
    } catch (UnavailableException e) {
      return new Fallback(spec, null, Row.Outcome.SKIPPED, e.getMessage());
    } catch (IOException e) {
      return stop.isRequested(SAME_MOMENT)
          ? new Fallback(spec, null, Row.Outcome.SKIPPED, "interrupted")
          : new Fallback(spec, null, Row.Outcome.FAILED, e.getMessage());
    }
  }

  /** The load goes on by itself, for so long. */
  private static void load(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
    }
  }

  private static String defect(FallbackSpec spec, FallbackReport report) {
    if (report.lost() != 0 || report.doubles() != 0) {
      return "lost %d, doubled %d of %s"
          .formatted(report.lost(), report.doubles(), report.account());
    }
    if (spec.resume() && report.account().unknown() != 0) {
      return "sessions were lost: the fate of %d messages is unknown"
          .formatted(report.account().unknown());
    }
    if (report.after(spec.killed(), "ProviderFailed") < 0) {
      return "the death of the transport was not told";
    }
    if (spec.killsServer() && report.after("server", "Listening") < 0) {
      return "the server did not tell that it listens again";
    }
    return null;
  }
}
