package qwormhole.api.internal.select;

import static qwormhole.api.internal.select.ProviderCatalog.JAVA_ID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  record Step(ProviderEntry entry, String rule) {}

  static Plan of(
      SelectionRequest request, Switches switches, Optional<String> off, ProviderCatalog catalog) {
    if (request.require() != null) {
      return require(request.require(), off, catalog);
    }
    if (off.isPresent()) {
      return only(catalog.entry(JAVA_ID), "native is off by " + off.get());
    }
    Optional<Setting> named = switches.preferred(request);
    if (named.isPresent() && !catalog.ids().contains(named.get().value())) {
      return refuse("unknown provider in " + named.get() + "; known are " + catalog.ids());
    }
    return prefer(named, switches.preferNative(request), catalog);
  }

  private static Plan require(String id, Optional<String> off, ProviderCatalog catalog) {
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

  private static Plan prefer(
      Optional<Setting> named, Optional<String> preferNative, ProviderCatalog catalog) {
    Map<String, Step> steps = new LinkedHashMap<>();
    named
        .flatMap(setting -> catalog.entry(setting.value()))
        .ifPresent(entry -> add(steps, entry, "named by " + named.get()));
    if (preferNative.isPresent()) {
      String rule = "native is preferred by " + preferNative.get();
      catalog.entries().stream()
          .filter(ProviderEntry::isNative)
          .forEach(entry -> add(steps, entry, rule));
    }
    boolean wantsNative =
        named.map(setting -> !setting.value().equals(JAVA_ID)).orElseGet(preferNative::isPresent);
    String rule = wantsNative ? "nothing preferred can be used" : "native is not preferred";
    catalog.entry(JAVA_ID).ifPresent(entry -> add(steps, entry, rule));
    return new Plan(List.copyOf(steps.values()), wantsNative, null);
  }

  private static void add(Map<String, Step> steps, ProviderEntry entry, String rule) {
    steps.putIfAbsent(entry.id(), new Step(entry, rule));
  }

  private static Plan only(Optional<ProviderEntry> entry, String rule) {
    return new Plan(entry.map(one -> new Step(one, rule)).stream().toList(), false, null);
  }

  private static Plan refuse(String refusal) {
    return new Plan(List.of(), false, refusal);
  }
}
