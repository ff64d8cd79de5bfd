package qwormhole.bench.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import qwormhole.bench.saved.SavedFallback;

/** How clients came back after a transport was killed under load. */
final class Fallbacks implements Section {
  private final List<SavedFallback> fallbacks;

  Fallbacks(List<SavedFallback> all) {
    fallbacks = all.stream().filter(SavedFallback::isMeasured).toList();
  }

  @Override
  public String id() {
    return "fallback";
  }

  @Override
  public String title() {
    return "Fallback";
  }

  @Override
  public String hint() {
    return "A native transport is killed while clients exchange echoes, and the core moves to the"
        + " next one. Unknown are messages whose sender was told that the connection broke;"
        + " lost and doubled must be 0.";
  }

  @Override
  public boolean isEmpty() {
    return fallbacks.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "grid2");
    for (int i = 0; i < fallbacks.size(); i++) {
      new FallbackFigure(markup, "fallback-" + (i + 1), fallbacks.get(i)).write();
    }
    markup.close();
    DataTable table =
        new DataTable(
            2,
            "transport killed",
            "then",
            "noticed",
            "listening again",
            "first echo",
            "all back",
            "sent",
            "received",
            "echoed",
            "unknown",
            "lost",
            "doubled");
    for (SavedFallback fallback : fallbacks) {
      JsonNode json = fallback.json();
      table.row(
          fallback.title(),
          fallback.modeAfter(),
          nanos(json.get("detectNanos")),
          nanos(json.get("relistenNanos")),
          nanos(json.get("firstEchoNanos")),
          nanos(json.get("allEchoNanos")),
          Numbers.whole(fallback.count("sent")),
          Numbers.whole(fallback.count("received")),
          Numbers.whole(fallback.count("echoed")),
          Numbers.whole(fallback.count("unknown")),
          Numbers.whole(fallback.count("lost")),
          Numbers.whole(fallback.count("doubled")));
    }
    markup.open("div", "class", "card below");
    table.write(markup, "Messages of each fallback");
    markup.close();
  }

  private static String nanos(JsonNode value) {
    return value.isNumber() ? Numbers.nanos(value.asDouble()) : "";
  }
}
