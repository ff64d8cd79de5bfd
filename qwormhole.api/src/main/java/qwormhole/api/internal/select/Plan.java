package qwormhole.api.internal.select;

import static qwormhole.api.internal.select.Roster.JAVA_ID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qwormhole.api.internal.select.Roster.Member;
import qwormhole.api.internal.select.Switches.Setting;
import qwormhole.api.internal.text.SafeText;

/**
 * Who is tried, in order. {@link ProviderSelector#open} has the rules.
 *
 * @param steps the candidates, each with the rule that put it there, in words
 * @param wantsNative whether somebody asked for more than the Java provider
 * @param refusal why nobody may be tried, or null
 */
record Plan(List<Plan.Step> steps, boolean wantsNative, String refusal) {

  /** A candidate and the rule that put it there. */
  record Step(Member member, String rule) {}

  static Plan of(SelectionRequest request, Switches switches, Optional<String> off, Roster roster) {
    if (request.require() != null) {
      return require(request.require(), off, roster);
    }
    if (off.isPresent()) {
      return only(roster.member(JAVA_ID), "native is off by " + off.get());
    }
    Optional<Setting> named = switches.preferred(request);
    if (named.isPresent() && !roster.mayHave(named.get().value())) {
      return refuse("unknown provider in " + named.get() + "; known are " + roster.knownIds());
    }
    return prefer(named, switches.preferNative(request), roster);
  }

  private static Plan require(String id, Optional<String> off, Roster roster) {
    String required = "required provider '" + SafeText.of(id, 64) + "'";
    if (id.equals(JAVA_ID)) {
      return only(roster.member(id), "required");
    }
    if (off.isPresent()) {
      return refuse(required + " cannot be used, native is off by " + off.get());
    }
    if (!roster.mayHave(id)) {
      return refuse(required + " is unknown; known are " + roster.knownIds());
    }
    return only(roster.member(id), "required");
  }

  private static Plan prefer(
      Optional<Setting> named, Optional<String> preferNative, Roster roster) {
    Map<String, Step> steps = new LinkedHashMap<>();
    named
        .flatMap(setting -> roster.member(setting.value()))
        .ifPresent(member -> add(steps, member, "named by " + named.get()));
    if (preferNative.isPresent()) {
      String rule = "native is preferred by " + preferNative.get();
      roster.members().stream()
          .filter(Member::isNative)
          .forEach(member -> add(steps, member, rule));
    }
    boolean wantsNative =
        named.map(setting -> !setting.value().equals(JAVA_ID)).orElseGet(preferNative::isPresent);
    String rule = wantsNative ? "nothing preferred can be used" : "native is not preferred";
    roster.member(JAVA_ID).ifPresent(member -> add(steps, member, rule));
    return new Plan(List.copyOf(steps.values()), wantsNative, null);
  }

  private static void add(Map<String, Step> steps, Member member, String rule) {
    steps.putIfAbsent(member.id(), new Step(member, rule));
  }

  private static Plan only(Optional<Member> member, String rule) {
    return new Plan(member.map(one -> new Step(one, rule)).stream().toList(), false, null);
  }

  private static Plan refuse(String refusal) {
    return new Plan(List.of(), false, refusal);
  }
}
