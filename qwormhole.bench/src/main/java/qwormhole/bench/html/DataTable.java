package qwormhole.bench.html;

import java.util.ArrayList;
import java.util.List;

/** A table: the first columns name the row, the others are numbers or words. */
final class DataTable {
  /** A cell, and whether it is set to the right as numbers are. */
  private record Cell(String text, boolean number) {}

  /** A row; the tone and the key tie it to a line of the chart above, both may be null. */
  private record Line(List<Cell> cells, String tone, String dashes, String key) {}

  private final int heads;
  private final List<String> titles;
  private final List<Line> lines = new ArrayList<>();

  /** Begins with the column titles, of which the first one's column names the rows. */
  DataTable(String... titles) {
    this(1, titles);
  }

  /** Begins with the column titles, of which the first few name the rows together. */
  DataTable(int heads, String... titles) {
    this.heads = heads;
    this.titles = List.of(titles);
  }

  /** A row of names and numbers. */
  DataTable row(String... cells) {
    return legend(null, null, null, cells);
  }

  /** A row that explains a line of the chart. */
  DataTable legend(String tone, String dashes, String key, String... cells) {
    List<Cell> line = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      line.add(new Cell(cells[i], i >= heads));
    }
    lines.add(new Line(line, tone, dashes, key));
    return this;
  }

  /** A row of words. */
  DataTable words(String... cells) {
    lines.add(
        new Line(List.of(cells).stream().map(c -> new Cell(c, false)).toList(), null, null, null));
    return this;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Writes it behind a line that opens it. */
  void writeFolded(Markup markup, String label) {
    markup.open("details").element("summary", "Numbers", "aria-label", label);
    write(markup, label);
    markup.close();
  }

  /** Writes it in a frame that scrolls where it is too wide, with the keyboard as well. */
  void write(Markup markup, String label) {
    markup.open("div", "class", "scroll", "role", "region", "aria-label", label, "tabindex", "0");
    markup.open("table").open("thead").open("tr");
    for (int i = 0; i < titles.size(); i++) {
      if (isUsed(i)) {
        markup.element("th", titles.get(i), "scope", "col", "class", alignment(i));
      }
    }
    markup.close().close().open("tbody");
    lines.forEach(line -> write(markup, line));
    markup.close().close().close();
  }

  /** A column that says nothing in any row is left out. */
  private boolean isUsed(int column) {
    return lines.stream().anyMatch(line -> !line.cells().get(column).text().isEmpty());
  }

  /** A title stands like what is under it. */
  private String alignment(int column) {
    return !lines.isEmpty() && lines.get(0).cells().get(column).number() ? "n" : null;
  }

  private void write(Markup markup, Line line) {
    markup.open("tr", "class", line.key());
    for (int i = 0; i < line.cells().size(); i++) {
      Cell cell = line.cells().get(i);
      if (i < heads) {
        markup.open("th", "scope", "row");
        if (i == 0 && line.tone() != null) {
          swatch(markup, line);
        }
        markup.text(cell.text()).close();
      } else if (isUsed(i)) {
        markup.element("td", cell.text(), "class", cell.number() ? "n" : "wide");
      }
    }
    markup.close();
  }

  private static void swatch(Markup markup, Line line) {
    markup.open("svg", "class", "swatch", "width", "28", "height", "10", "aria-hidden", "true");
    markup.empty(
        "line",
        "x1",
        "0",
        "y1",
        "5",
        "x2",
        "28",
        "y2",
        "5",
        "class",
        "line " + line.tone(),
        "stroke-dasharray",
        line.dashes());
    markup.close();
  }
}
