package qwormhole.bench.html;

import java.util.List;
import qwormhole.bench.saved.SavedResult;

/** The runs of a history, the last one first, with what their numbers depend on. */
final class Runs implements Section {
  private final List<SavedResult> results;

  Runs(List<SavedResult> ordered) {
    results = ordered;
  }

  @Override
  public String id() {
    return "runs";
  }

  @Override
  public String title() {
    return "Runs";
  }

  @Override
  public String hint() {
    return "A step in a line where the machine or the JVM changed is not a change of the code.";
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void write(Markup markup) {
    DataTable table =
        new DataTable("date", "file", "version", "JVM", "processor", "system", "rows measured");
    for (int i = results.size() - 1; i >= 0; i--) {
      SavedResult result = results.get(i);
      table.words(
          Numbers.date(result.date()),
          result.name(),
          result.condition("version"),
          result.condition("jvm"),
          result.condition("cores") + " x " + result.condition("cpu"),
          result.condition("os"),
          result.measured().size() + (result.interrupted() ? ", cut short" : ""));
    }
    markup.open("div", "class", "card");
    table.write(markup, "All runs");
    markup.close();
  }
}
