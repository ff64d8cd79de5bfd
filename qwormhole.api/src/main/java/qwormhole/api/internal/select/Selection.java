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
import qwormhole.api.internal.select.Candidates.Step;

/** One selection: tries candidates until one passes, and reports on all. */
final class Selection {
  private final SelectionRequest request;
  private final Optional<String> off;
  private final ProviderCatalog catalog;
  private final Candidates candidates;
  private final List<Candidate> tried = new ArrayList<>();
  private boolean somebodyBroke;
  private Step chosen;
  private Attempt passed;

  Selection(
      SelectionRequest request,
      Optional<String> off,
      ProviderCatalog catalog,
      Candidates candidates) {
    this.request = request;
    this.off = off;
    this.catalog = catalog;
    this.candidates = candidates;
  }

  /**
   * Tries one after the other; the first that passes is chosen.
   *
   * @throws AddressException when one of them says that the address cannot be used
   */
  void run(Function<ProviderEntry, Attempt> attempts) throws AddressException {
    for (Step step : candidates.steps()) {
      ProviderEntry entry = step.entry();
      String why = request.excluded().get(entry.id());
      Attempt attempt = why == null ? attempts.apply(entry) : Attempt.unfit(why, null);
      if (attempt.cause() instanceof AddressException address) {
        throw address;
      }
      somebodyBroke |= attempt.wasAvailable() && !attempt.passed();
      Outcome outcome = attempt.passed() ? Outcome.SELECTED : Outcome.FAILED;
      tried.add(entry.candidate(outcome, attempt.detail(), attempt.cause()));
      if (attempt.passed()) {
        chosen = step;
        passed = attempt;
        return;
      }
    }
  }

  boolean found() {
    return chosen != null;
  }

  /** A preferred name that nobody has, in words. */
  Optional<String> unknownName() {
    return Optional.ofNullable(candidates.unknown());
  }

  /** What is to be warned of, beside a preferred name that nobody has: a fall, or a failure. */
  Optional<String> warning() {
    if (!found()) {
      return Optional.empty();
    }
    String mode = chosen.entry().mode();
    if (chosen.entry().id().equals(ProviderCatalog.JAVA_ID)) {
      return whyItFell()
          .filter(why -> candidates.wantsOther() || somebodyBroke)
          .map(why -> "binding not found, falling back to Java: " + why);
    }
    return whyItFell().filter(why -> somebodyBroke).map(why -> "using " + mode + ": " + why);
  }

  /** What failed in this selection and why; none when that had all failed before. */
  private Optional<String> whyItFell() {
    List<Candidate> failed =
        Stream.concat(tried.stream(), catalog.unusable().stream())
            .filter(candidate -> candidate.outcome() == Outcome.FAILED)
            .toList();
    if (failed.isEmpty()) {
      return Optional.of("no native provider was found");
    }
    return failed.stream()
        .filter(candidate -> !request.excluded().containsKey(candidate.id()))
        .map(candidate -> candidate.id() + ": " + candidate.detail())
        .reduce((all, next) -> all + "; " + next);
  }

  QWormholeException refusal() {
    return Refusal.of(request, catalog, candidates, report());
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
    return candidates.refusal() != null ? candidates.refusal() : "no candidate can be used";
  }

  private String whyNotTried(ProviderEntry entry) {
    if (off.isPresent() && !entry.id().equals(ProviderCatalog.JAVA_ID)) {
      String why = "native is off by " + off.get();
      return entry.isNative() ? why : "only the Java provider is used: " + why;
    }
    if (candidates.steps().stream().anyMatch(step -> step.entry().equals(entry))) {
      return chosen.entry().id() + " came first";
    }
    if (candidates.refusal() != null) {
      return "nothing was tried";
    }
    if (request.require() != null) {
      return "only " + request.require() + " was asked for";
    }
    return entry.isNative()
        ? "native is not preferred"
        : "its priority is not above that of java, and nobody named it";
  }
}
