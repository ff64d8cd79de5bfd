package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.Plan.Step;

/** One walk through a plan until a candidate passes, and the report of it. */
final class Walk {
  private final SelectionRequest request;
  private final Optional<String> off;
  private final ProviderCatalog catalog;
  private final Plan plan;
  private final List<Candidate> tried = new ArrayList<>();
  private Step chosen;
  private Trial passed;

  Walk(SelectionRequest request, Optional<String> off, ProviderCatalog catalog, Plan plan) {
    this.request = request;
    this.off = off;
    this.catalog = catalog;
    this.plan = plan;
  }

  /** Tries one after the other; the first that passes is chosen. */
  void run(Function<ProviderEntry, Trial> attempt) {
    for (Step step : plan.steps()) {
      ProviderEntry entry = step.entry();
      Trial trial =
          request.excluded().contains(entry.id())
              ? Trial.failed("failed before and is not tried again", null)
              : attempt.apply(entry);
      Outcome outcome = trial.passed() ? Outcome.SELECTED : Outcome.FAILED;
      tried.add(entry.candidate(outcome, trial.detail(), trial.cause()));
      if (trial.passed()) {
        chosen = step;
        passed = trial;
        return;
      }
    }
  }

  boolean found() {
    return chosen != null;
  }

  /** Whether something native was wanted and the Java provider was what was left. */
  boolean fellToJava() {
    return found() && plan.wantsNative() && chosen.entry().id().equals(ProviderCatalog.JAVA_ID);
  }

  /** What failed in this walk and why; none when that had all failed before. */
  Optional<String> whyItFell() {
    List<Candidate> failed =
        Stream.concat(tried.stream(), catalog.unusable().stream())
            .filter(candidate -> candidate.outcome() == Outcome.FAILED)
            .toList();
    if (failed.isEmpty()) {
      return Optional.of("no native provider was found");
    }
    return failed.stream()
        .filter(candidate -> !request.excluded().contains(candidate.id()))
        .map(candidate -> candidate.id() + ": " + candidate.detail())
        .reduce((all, next) -> all + "; " + next);
  }

  QWormholeException refusal() {
    return Refusal.of(request, catalog, plan, report());
  }

  SelectedTransport selected() {
    ProviderReport report = report();
    ProviderEntry entry = chosen.entry();
    return new SelectedTransport(
        entry.id(), entry.isNative(), passed.transport(), report.mode(), report);
  }

  /** Those that were tried, in order; those that were not; those that cannot be used at all. */
  ProviderReport report() {
    List<Candidate> all = new ArrayList<>(tried);
    catalog.entries().stream()
        .filter(entry -> tried.stream().noneMatch(done -> done.id().equals(entry.id())))
        .map(entry -> entry.candidate(Outcome.NOT_TRIED, whyNotTried(entry), null))
        .forEach(all::add);
    all.addAll(catalog.unusable());
    String mode = found() ? chosen.entry().mode() : "";
    return new ProviderReport(request.side().text(), mode, rule(), all);
  }

  private String rule() {
    if (found()) {
      return chosen.rule();
    }
    return plan.refusal() != null ? plan.refusal() : "no candidate can be used";
  }

  private String whyNotTried(ProviderEntry entry) {
    if (off.isPresent() && !entry.id().equals(ProviderCatalog.JAVA_ID)) {
      String why = "native is off by " + off.get();
      return entry.isNative() ? why : "only the Java provider is used: " + why;
    }
    if (plan.steps().stream().anyMatch(step -> step.entry().equals(entry))) {
      return chosen.entry().id() + " came first";
    }
    if (plan.refusal() != null) {
      return "nothing was tried";
    }
    if (request.require() != null) {
      return "only " + request.require() + " was asked for";
    }
    return entry.isNative() ? "native is not preferred" : "is used only when it is named";
  }
}
