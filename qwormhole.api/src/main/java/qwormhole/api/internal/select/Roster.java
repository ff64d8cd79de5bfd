package qwormhole.api.internal.select;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.spi.TransportProvider;

/**
 * The providers that can be asked, one for each id, and what became of the others.
 *
 * @param members native ones first, then by priority downwards, then by id
 * @param broken what was found and cannot be used
 * @param keptOut what the off switch kept from being constructed
 * @param knownIds the ids that were met, usable or not, sorted
 * @param hasNameless whether something broken was met whose id nobody knows
 * @param foundJava whether the Java provider was met, usable or not
 */
record Roster(
    List<Roster.Member> members,
    List<Candidate> broken,
    List<Candidate> keptOut,
    Set<String> knownIds,
    boolean hasNameless,
    boolean foundJava) {
  static final String JAVA_ID = "java";

  /** A provider with what it said of itself, asked once. */
  record Member(
      TransportProvider provider, String className, String id, int priority, boolean isNative) {

    Candidate candidate(Outcome outcome, String detail, Throwable cause) {
      return new Candidate(id, priority, isNative, outcome, detail, cause);
    }

    /** A provider without native code that is not the Java provider still is of mode java. */
    String mode() {
      return isNative ? "native-" + id : JAVA_ID;
    }
  }

  Optional<Member> member(String id) {
    return members.stream().filter(member -> member.id().equals(id)).findFirst();
  }

  /** Whether the id was met, usable or not, or may be that of something broken. */
  boolean mayHave(String id) {
    return knownIds.contains(id) || hasNameless;
  }
}
