package qwormhole.bench.html;

import java.util.List;
import java.util.Map;
import qwormhole.bench.saved.SavedRow;
import qwormhole.bench.saved.Setup;

/** What a message costs: processor time of both processes, stacked. */
final class Cpu implements Section {
  private final Map<Setup, List<SavedRow>> groups;

  Cpu(List<SavedRow> measured) {
    groups = Groups.of(measured, Cpu::isKnown);
  }

  /** Short rounds do not tell: the system counts processor time in ticks. */
  private static boolean isKnown(SavedRow row) {
    return !Double.isNaN(server(row)) && !Double.isNaN(client(row));
  }

  private static double server(SavedRow row) {
    return row.number("/cpuNanosPerMessage/server");
  }

  private static double client(SavedRow row) {
    return row.number("/cpuNanosPerMessage/client");
  }

  @Override
  public String id() {
    return "cpu";
  }

  @Override
  public String title() {
    return "CPU per message";
  }

  @Override
  public String hint() {
    return "Processor time of the whole server process and the whole client process, divided by the"
        + " messages. Less is better. Rows whose repeats were too short to tell are left out.";
  }

  @Override
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  public void write(Markup markup) {
    markup.open("div", "class", "grid2");
    int number = 0;
    for (Map.Entry<Setup, List<SavedRow>> group : groups.entrySet()) {
      write(new Figure(markup, "cpu-" + ++number), group.getKey(), group.getValue());
    }
    markup.close();
  }

  private static void write(Figure figure, Setup setup, List<SavedRow> rows) {
    Bars bars = new Bars(rows.stream().map(Cpu::bar).toList(), Numbers::nanosTick, Double.NaN);
    SavedRow best =
        rows.stream().min((a, b) -> Double.compare(bar(a).length(), bar(b).length())).orElseThrow();
    String description =
        "%d bars, each of the server's and the client's part. The shortest is %s with %s. All numbers are in the table below."
            .formatted(rows.size(), best.mode(), Numbers.nanos(bar(best).length()));
    DataTable table =
        new DataTable(
            "pairing",
            "server",
            "client",
            "allocated, server",
            "client",
            "bytes a write, server",
            "client");
    rows.forEach(row -> table.row(cells(row)));
    figure.write(
        Groups.title(setup),
        "server's part solid, client's part pale",
        description,
        bars.heightPixels(),
        bars::draw,
        table,
        true);
  }

  private static String[] cells(SavedRow row) {
    return new String[] {
      row.mode(),
      Numbers.nanos(server(row)),
      Numbers.nanos(client(row)),
      Numbers.bytes(row.number("/allocatedBytesPerMessage/server")),
      Numbers.bytes(row.number("/allocatedBytesPerMessage/client")),
      Numbers.bytes(row.number("/writes/server/bytesPerCall")),
      Numbers.bytes(row.number("/writes/client/bytesPerCall"))
    };
  }

  private static Bars.Bar bar(SavedRow row) {
    return new Bars.Bar(
        row.mode(),
        Numbers.nanos(server(row) + client(row)),
        Tone.of(row.server()),
        List.of(server(row), client(row)),
        Double.NaN,
        Double.NaN);
  }
}
