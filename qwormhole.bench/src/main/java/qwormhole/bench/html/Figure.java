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
   * @param description what is to be seen, in a sentence or two
   * @param heightPixels of the picture
   * @param picture writes the inside of the SVG
   * @param table the same numbers
   */
  void write(
      String heading,
      String description,
      int heightPixels,
      Consumer<Markup> picture,
      DataTable table) {
    open(heading);
    svg(heading, description, heightPixels, picture);
    table.writeFolded(markup, "Numbers of " + heading);
    markup.close();
  }

  /** The same with the table in sight, below the picture: it is the legend as well. */
  void writeWithLegend(
      String heading,
      String description,
      int heightPixels,
      Consumer<Markup> picture,
      DataTable table) {
    open(heading);
    svg(heading, description, heightPixels, picture);
    table.write(markup, "Numbers of " + heading);
    markup.close();
  }

  private void open(String heading) {
    markup.open("figure", "class", "card", "aria-labelledby", id + "-h");
    markup.open("figcaption").element("h3", heading, "id", id + "-h").close();
  }

  private void svg(
      String heading, String description, int heightPixels, Consumer<Markup> picture) {
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
