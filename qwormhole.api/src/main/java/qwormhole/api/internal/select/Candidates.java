package qwormhole.api.internal.select;

import static qwormhole.api.internal.select.ProviderCatalog.JAVA_ID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qwormhole.api.internal.select.Switches.Setting;
import qwormhole.api.internal.text.SafeText;

/**
 * The providers that are tried, in order. {@link ProviderSelector#open} has the rules.
 *
 * @param steps the candidates, each with the rule that put it there, in words
 * @param wantsOther whether somebody asked for more than the Java provider
 * @param unknown a preferred name that no provider has, in words, or null
 * @param refusal why nobody may be tried, or null
 */
record Candidates(List<Candidates.Step> steps, boolean wantsOther, String unknown, String refusal) {

  /** A candidate and the rule that put it there. */
  record Step(ProviderEntry entry, String rule) {}

  static Candidates of(
      SelectionRequest request, Switches switches, Optional<String> off, ProviderCatalog catalog) {
    if (request.require() != null) {
      return require(request.require(), off, catalog);
    }
    if (off.isPresent()) {
      return only(catalog.entry(JAVA_ID), "native is off by " + off.get());
    }
    return prefer(switches.preferred(request), switches.preferNative(request), catalog);
  }

  private static Candidates require(String id, Optional<String> off, ProviderCatalog catalog) {
    String required = "required provider '" + SafeText.of(id, 64) + "'";
    if (id.equals(JAVA_ID)) {
      return only(catalog.entry(id), "required");
    }
    if (!catalog.ids().contains(id)) {
      return refuse(required + " is unknown; known are " + catalog.ids());
    }
    if (off.isPresent()) {
      return refuse(required + " cannot be used, native is off by " + off.get());
    }
    return only(catalog.entry(id), "required");
  }

  private static Candidates prefer(
      Optional<Setting> named, Optional<String> preferNative, ProviderCatalog catalog) {
    Map<String, Step> steps = new LinkedHashMap<>();
    Optional<ProviderEntry> first = named.flatMap(setting -> catalog.entry(setting.value()));
    first.ifPresent(entry -> add(steps, entry, "named by " + named.get()));
    int priorityOfJava = catalog.entry(JAVA_ID).map(ProviderEntry::priority).orElse(0);
    for (ProviderEntry entry : catalog.entries()) {
      if (entry.isNative()) {
        preferNative.ifPresent(by -> add(steps, entry, "native is preferred by " + by));
      } else if (entry.priority() > priorityOfJava) {
        add(steps, entry, "its priority " + entry.priority() + " is above that of java");
      }
    }
    String unknown =
        named.isPresent() && first.isEmpty()
            ? named.get() + " names no known provider; known are " + catalog.ids()
            : null;
    boolean wantsOther =
        !steps.containsKey(JAVA_ID) && (preferNative.isPresent() || !steps.isEmpty());
    String rule = wantsOther ? "no preferred provider is available" : "native is not preferred";
    catalog.entry(JAVA_ID).ifPresent(entry -> add(steps, entry, unknown == null ? rule : unknown));
    return new Candidates(List.copyOf(steps.values()), wantsOther, unknown, null);
  }

  private static void add(Map<String, Step> steps, ProviderEntry entry, String rule) {
    steps.putIfAbsent(entry.id(), new Step(entry, rule));
  }

  private static Candidates only(Optional<ProviderEntry> entry, String rule) {
    List<Step> steps = entry.map(one -> new Step(one, rule)).stream().toList();
    return new Candidates(steps, false, null, null);
  }

  private static Candidates refuse(String refusal) {
    return new Candidates(List.of(), false, null, refusal);
  }
}
