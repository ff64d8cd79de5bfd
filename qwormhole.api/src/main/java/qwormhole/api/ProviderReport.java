package qwormhole.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which providers were looked at for one side, in order, and what became of each.
 *
 * @param side {@code server} or {@code client}
 * @param mode what carries the bytes: {@code native-<id>}, or the id of one that is not native, such as
 *     {@code java}; empty when none could
 * @param rule which rule of the selection order decided, in words
 * @param candidates the providers in the order in which they were looked at
 */
public record ProviderReport(
    String side, String mode, String rule, List<ProviderReport.Candidate> candidates) {

  /** What became of a provider. */
  public enum Outcome {
    /** It carries the bytes. */
    SELECTED,
    /** It was tried and could not; see the reason. */
    FAILED,
    /** Another one was chosen before it was its turn, or a switch kept it out. */
    NOT_TRIED
  }

  /**
   * One provider.
   *
   * @param id its id, or its class name when it has none of its own
   * @param priority its priority; 0 when unknown
   * @param isNative whether native code moves the bytes; true when unknown
   * @param outcome what became of it
   * @param detail why, in one line; for the selected one what it runs on
   * @param cause the technical cause, or null
   */
  public record Candidate(
      String id, int priority, boolean isNative, Outcome outcome, String detail, Throwable cause) {}

  public ProviderReport {
    candidates = List.copyOf(candidates);
  }

  /** The reasons of the candidates that failed, {@code id: reason} joined by semicolons. */
  public String failures() {
    return candidates.stream()
        .filter(candidate -> candidate.outcome() == Outcome.FAILED)
        .map(candidate -> candidate.id() + ": " + candidate.detail())
        .collect(Collectors.joining("; "));
  }
}
