package qwormhole.bench.html;

import java.util.List;
import org.HdrHistogram.Histogram;
import qwormhole.bench.saved.SavedRow;

/** Every row with what matters most, for those who want the numbers and no pictures. */
final class AllRows implements Section {
  private final List<SavedRow> rows;

  AllRows(List<SavedRow> measured) {
    rows = measured;
  }

  @Override
  public String id() {
    return "rows";
  }

  @Override
  public String title() {
    return "All rows";
  }

  @Override
  public String hint() {
    return "Both sides count for themselves, and the receiver checks every message. The ratio is of the"
        + " rate, for pingpong of the p50.";
  }

  @Override
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    DataTable table =
        new DataTable(
            2,
            "row",
            "pairing",
            "per second",
            "min to max",
            "to bare, 95 %",
            "p50",
            "p99",
            "lost",
            "doubled",
            "sent",
            "received",
            "right",
            "collections",
            "others' CPUs");
    rows.forEach(row -> table.row(cells(row)));
    markup.open("div", "class", "card");
    table.write(markup, "All measured rows");
    markup.close();
  }

  private static String[] cells(SavedRow row) {
    boolean messages = !row.countsConnections();
    return new String[] {
      Groups.title(row.setup()),
      row.mode(),
      Numbers.rate(row.rate().median()),
      Numbers.rate(row.rate().min()) + " to " + Numbers.rate(row.rate().max()),
      Throughput.ratio(row.ratioAgainst("bare")),
      row.latency().map(histogram -> percentile(histogram, 50)).orElse(""),
      row.latency().map(histogram -> percentile(histogram, 99)).orElse(""),
      messages ? Numbers.whole(row.count("lost")) : "",
      messages ? Numbers.whole(row.count("doubled")) : "",
      messages ? Numbers.whole(row.count("sent")) : "",
      messages ? Numbers.whole(row.count("received")) : "",
      messages ? Numbers.whole(row.count("decoded")) : "",
      Numbers.plain(row.number("/gc/server/count") + row.number("/gc/client/count"), 0),
      Numbers.plain(row.number("/otherProcessesCpus"), 2)
    };
  }

  private static String percentile(Histogram histogram, double percentile) {
    return Numbers.nanos(histogram.getValueAtPercentile(percentile));
  }
}
