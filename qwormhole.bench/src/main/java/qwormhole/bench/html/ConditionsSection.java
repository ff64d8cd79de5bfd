package qwormhole.bench.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import qwormhole.bench.saved.SavedResult;

/** What every number depends on, and what was asked for. */
final class ConditionsSection implements Section {
  private static final Set<String> INITIALS = Set.of("cpu", "gc", "jvm", "os", "tls");

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
        boolean sizes = fact.getKey().equals("sizes") && value.isArray();
        markup.element("dt", words(fact.getKey()));
        markup.element("dd", sizes ? texts(value, one -> Numbers.size(one.asLong())) : text(value));
      }
    }
    markup.close();
  }

  private static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return Numbers.plain(value.asDouble(), 2);
    }
    if (value.isArray()) {
      return texts(value, JsonNode::asText);
    }
    return value.isBoolean() ? (value.asBoolean() ? "yes" : "no") : value.asText();
  }

  private static String texts(JsonNode array, Function<JsonNode, String> form) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(form.apply(element)));
    return String.join(", ", texts);
  }

  /** {@code warmupSeconds} is warmup seconds. */
  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (String part : name.split("(?=[A-Z])", -1)) {
      String gap = words.isEmpty() ? "" : " ";
      String lower = part.toLowerCase(Locale.ROOT);
      boolean initials = INITIALS.contains(lower);
      words.append(gap).append(initials ? part.toUpperCase(Locale.ROOT) : lower);
    }
    return words.toString();
  }
}
