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
import qwormhole.api.internal.select.Roster.Member;
import qwormhole.api.spi.TransportProvider;

/** One walk through a plan until a candidate passes, and the report of it. */
final class Walk {
  private final SelectionRequest request;
  private final Roster roster;
  private final Plan plan;
  private final List<Candidate> tried = new ArrayList<>();
  private Step chosen;
  private Trial passed;

  Walk(SelectionRequest request, Roster roster, Plan plan) {
    this.request = request;
    this.roster = roster;
    this.plan = plan;
  }

  /** Tries one after the other; the first that passes is chosen. */
  void run(Function<TransportProvider, Trial> attempt) {
    for (Step step : plan.steps()) {
      Member member = step.member();
      Trial trial =
          request.excluded().contains(member.id())
              ? Trial.failed("failed before and is not tried again", null)
              : attempt.apply(member.provider());
      Outcome outcome = trial.passed() ? Outcome.SELECTED : Outcome.FAILED;
      tried.add(member.candidate(outcome, trial.detail(), trial.cause()));
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
    return found() && plan.wantsNative() && chosen.member().id().equals(Roster.JAVA_ID);
  }

  /** What failed in this walk and why; none when that had all failed before. */
  Optional<String> whyItFell() {
    List<Candidate> failed =
        Stream.concat(tried.stream(), roster.broken().stream())
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
    return Refusal.of(request, roster, plan, report());
  }

  SelectedTransport selected() {
    ProviderReport report = report();
    return new SelectedTransport(
        chosen.member().provider(), passed.transport(), report.mode(), report);
  }

  /** Those that were tried, in order; those that were not; those that cannot be used at all. */
  ProviderReport report() {
    List<Candidate> all = new ArrayList<>(tried);
    roster.members().stream()
        .filter(member -> tried.stream().noneMatch(done -> done.id().equals(member.id())))
        .map(member -> member.candidate(Outcome.NOT_TRIED, whyNotTried(member), null))
        .forEach(all::add);
    all.addAll(roster.keptOut());
    all.addAll(roster.broken());
    String mode = found() ? chosen.member().mode() : "";
    return new ProviderReport(request.side().text(), mode, rule(), all);
  }

  private String rule() {
    if (found()) {
      return chosen.rule();
    }
    return plan.refusal() != null ? plan.refusal() : "no candidate can be used";
  }

  private String whyNotTried(Member member) {
    if (plan.steps().stream().anyMatch(step -> step.member().equals(member))) {
      return chosen.member().id() + " came first";
    }
    if (plan.refusal() != null) {
      return "nothing was tried";
    }
    if (request.require() != null) {
      return "only " + request.require() + " was asked for";
    }
    return member.isNative() ? "native is not preferred" : "is used only when it is named";
  }
}
