package qwormhole.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first one to the left, all others to the right. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the column titles. */
  public Table(String... titles) {
    rows.add(List.of(titles));
  }

  /** Adds a row with a cell for each title. */
  public void add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + rows.get(0).size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /** The aligned lines. Columns that are empty in all rows are left out. */
  @Override
  public String toString() {
    int columns = rows.get(0).size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        if (isUsed(column)) {
          String gap = line.isEmpty() ? "" : "  ";
          String padding = " ".repeat(width(column) - row.get(column).length());
          line.append(gap)
              .append(column == 0 ? row.get(column) + padding : padding + row.get(column));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The same as a table of Markdown. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append('|');
      for (int column = 0; column < rows.get(i).size(); column++) {
        if (isUsed(column)) {
          text.append(' ').append(cell(rows.get(i).get(column))).append(" |");
        }
      }
      text.append('\n');
      if (i == 0) {
        text.append(rule());
      }
    }
    return text.toString();
  }

  private String rule() {
    StringBuilder rule = new StringBuilder("|");
    for (int column = 0; column < rows.get(0).size(); column++) {
      if (isUsed(column)) {
        rule.append(column == 0 ? "---|" : "---:|");
      }
    }
    return rule.append('\n').toString();
  }

  /** What would end a cell, begin markup or run into the next line is made harmless. */
  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\\\|`*_<>\\[\\]&]", "\\\\$0");
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private boolean isUsed(int column) {
    return rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty());
  }
}
