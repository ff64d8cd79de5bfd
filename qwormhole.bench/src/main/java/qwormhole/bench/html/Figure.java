package qwormhole.bench.html;

import java.util.List;
import java.util.function.Consumer;

/**
 * A chart with its words: a heading, a title and description for those who do not see it, and the
 * numbers as a table. The picture has a fixed height and the width of the page.
 */
final class Figure {
  private final Markup markup;
  private final String id;

  /** A figure whose id is used in no other one of the page. */
  Figure(Markup markup, String id) {
    this.markup = markup;
    this.id = id;
  }

  /**
   * Writes it.
   *
   * @param heading what is shown
   * @param detail more on that for all readers, or empty
   * @param description what is to be seen, for those who do not see it
   * @param heightPixels of the picture
   * @param picture writes the inside of the SVG
   * @param table the same numbers
   * @param folded whether the table opens on demand; else it is in sight as the legend
   */
  void write(
      String heading,
      String detail,
      String description,
      int heightPixels,
      Consumer<Markup> picture,
      DataTable table,
      boolean folded) {
    markup.open("figure", "class", "card", "aria-labelledby", id + "-h");
    markup.open("figcaption").element("h3", heading, "id", id + "-h");
    if (!detail.isEmpty()) {
      markup.element("p", detail);
    }
    markup.close();
    svg(heading, description, heightPixels, picture);
    if (folded) {
      table.writeFolded(markup, "Numbers of " + heading);
    } else {
      table.write(markup, "Numbers of " + heading);
    }
    markup.close();
  }

  private void svg(String heading, String description, int heightPixels, Consumer<Markup> picture) {
    markup.open(
        "svg",
        "class",
        "chart",
        "role",
        "img",
        "width",
        "100%",
        "height",
        String.valueOf(heightPixels),
        "aria-labelledby",
        String.join(" ", List.of(id + "-t", id + "-d")));
    markup.element("title", heading, "id", id + "-t");
    markup.element("desc", description, "id", id + "-d");
    picture.accept(markup);
    markup.close();
  }
}
