package qwormhole.bench.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import qwormhole.bench.saved.SavedResult;

/** What every number depends on, and what was asked for. */
final class ConditionsSection implements Section {
  private final SavedResult result;

  ConditionsSection(SavedResult result) {
    this.result = result;
  }

  @Override
  public String id() {
    return "conditions";
  }

  @Override
  public String title() {
    return "Conditions";
  }

  @Override
  public String hint() {
    return "Numbers of different machines, JVMs or settings do not compare.";
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "grid2");
    card(markup, "Machine and JVM", result.document().get("conditions"));
    card(markup, "Settings", result.document().get("settings"));
    markup.close();
  }

  private static void card(Markup markup, String heading, JsonNode facts) {
    markup.open("div", "class", "card").element("h3", heading);
    list(markup, facts);
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      if (fact.getValue().isObject()) {
        markup.element("h4", words(fact.getKey()));
        list(markup, fact.getValue());
      }
    }
    markup.close();
  }

  private static void list(Markup markup, JsonNode facts) {
    markup.open("dl", "class", "facts");
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      JsonNode value = fact.getValue();
      if (!value.isObject() && !value.isNull() && !(value.isArray() && value.isEmpty())) {
        markup.element("dt", words(fact.getKey())).element("dd", text(value));
      }
    }
    markup.close();
  }

  private static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return Numbers.plain(value.asDouble(), 2);
    }
    if (!value.isArray()) {
      return value.isBoolean() ? (value.asBoolean() ? "yes" : "no") : value.asText();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(element.asText()));
    return String.join(", ", texts);
  }

  /** {@code warmupSeconds} is warmup seconds. */
  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (String part : name.split("(?=[A-Z])", -1)) {
      String gap = words.isEmpty() ? "" : " ";
      boolean initials = part.equals(part.toUpperCase(Locale.ROOT));
      words.append(gap).append(initials ? part : part.toLowerCase(Locale.ROOT));
    }
    return words.toString();
  }
}
