package qwormhole.bench.html;

import java.util.List;
import qwormhole.bench.saved.SavedRow;

/** What an idle connection holds. */
final class Connections implements Section {
  private final List<SavedRow> rows;

  Connections(List<SavedRow> measured) {
    rows = measured.stream().filter(SavedRow::countsConnections).toList();
  }

  @Override
  public String id() {
    return "connections";
  }

  @Override
  public String title() {
    return "Idle connections";
  }

  @Override
  public String hint() {
    return "Memory for each connection once all are open: heap after a collection, and growth of the"
        + " resident set, which has native memory as well.";
  }

  @Override
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    DataTable table =
        new DataTable(
            "pairing", "connections", "heap, server", "heap, client", "RSS, server", "RSS, client");
    for (SavedRow row : rows) {
      table.row(
          row.mode(),
          Numbers.whole(row.setup().clients()),
          Numbers.bytes(row.number("/heapBytesPerConnection/server")),
          Numbers.bytes(row.number("/heapBytesPerConnection/client")),
          Numbers.bytes(row.number("/rssBytesPerConnection/server")),
          Numbers.bytes(row.number("/rssBytesPerConnection/client")));
    }
    markup.open("div", "class", "card");
    table.write(markup, "Memory for each idle connection");
    markup.close();
  }
}
