package qwormhole.bench.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The frame of a page: title, menu, sections, and the rule that nothing is loaded. */
final class Page {
  /** The browser itself refuses scripts and anything from elsewhere. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private Page() {}

  /**
   * A whole page.
   *
   * @param title of the page
   * @param subtitle a line below it
   * @param head what stands between the title and the menu
   * @param sections the empty ones are left out
   * @param footer the last line
   */
  static String of(
      String title,
      String subtitle,
      Consumer<Markup> head,
      List<? extends Section> sections,
      String footer) {
    List<? extends Section> shown =
        sections.stream().filter(section -> !section.isEmpty()).toList();
    Markup markup = new Markup();
    markup.open("html", "lang", "en");
    writeHead(markup, title);
    markup.open("body");
    markup.element("a", "Skip to the results", "class", "skip", "href", "#results");
    markup.open("header", "class", "top").open("div", "class", "wrap");
    writeBrand(markup, title, subtitle);
    head.accept(markup);
    markup.close().close();
    writeMenu(markup, shown);
    markup.open("main", "id", "results").open("div", "class", "wrap");
    for (Section section : shown) {
      markup.open("section", "id", section.id(), "aria-labelledby", section.id() + "-h");
      markup.element("h2", section.title(), "id", section.id() + "-h");
      markup.element("p", section.hint());
      section.write(markup);
      markup.close();
    }
    markup.close().close();
    markup.open("footer").element("div", footer, "class", "wrap").close();
    return markup.close().close().toString();
  }

  private static void writeHead(Markup markup, String title) {
    markup.open("head").empty("meta", "charset", "utf-8");
    markup.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    markup.empty("meta", "name", "color-scheme", "content", "light dark");
    markup.element("title", title).style(sheet()).close();
  }

  /** Two mouths and a throat, seen from the front. */
  private static void writeBrand(Markup markup, String title, String subtitle) {
    markup.open("div", "class", "brand");
    markup.open("svg", "class", "mark", "viewBox", "0 0 44 44", "aria-hidden", "true");
    double[][] circles = {{22, 22, 20}, {24, 21, 14.5}, {26, 20, 9.5}, {27.6, 19.2, 5}};
    for (int i = 0; i < circles.length; i++) {
      markup.empty(
          "circle",
          "cx",
          Numbers.plain(circles[i][0], 1),
          "cy",
          Numbers.plain(circles[i][1], 1),
          "r",
          Numbers.plain(circles[i][2], 1),
          "opacity",
          Numbers.plain(1 - 0.2 * i, 1));
    }
    markup.close().open("div");
    markup.element("h1", title).element("p", subtitle);
    markup.close().close();
  }

  private static void writeMenu(Markup markup, List<? extends Section> sections) {
    markup.open("nav", "aria-label", "Sections").open("ul", "class", "wrap");
    for (Section section : sections) {
      markup.open("li").element("a", section.title(), "href", "#" + section.id()).close();
    }
    markup.close().close();
  }

  private static String sheet() {
    try (InputStream in = Page.class.getResourceAsStream("/qwormhole/bench/html/page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
