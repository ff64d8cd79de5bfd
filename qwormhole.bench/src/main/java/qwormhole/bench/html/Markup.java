package qwormhole.bench.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * HTML while it is written. Elements are closed in the order in which they were opened, and all text
 * and all attribute values are escaped: there is no way in for markup. Names are literals of this
 * package.
 */
final class Markup {
  /** Line breaks after these change nothing but how the source reads. */
  private static final Set<String> BLOCKS =
      Set.of(
          "head",
          "body",
          "header",
          "main",
          "footer",
          "nav",
          "section",
          "figure",
          "figcaption",
          "svg",
          "g",
          "div",
          "details",
          "summary",
          "table",
          "thead",
          "tbody",
          "tr",
          "ul",
          "ol",
          "li",
          "dl",
          "h1",
          "h2",
          "h3",
          "p",
          "meta",
          "title",
          "style");

  private final StringBuilder out = new StringBuilder(64 * 1024);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn, and a null value leaves one out. */
  Markup open(String tag, String... attributes) {
    begin(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Closes what was opened last. */
  Markup close() {
    String tag = open.pop();
    out.append("</").append(tag).append('>');
    return lineBreak(tag);
  }

  /** An element with nothing in it. */
  Markup empty(String tag, String... attributes) {
    begin(tag, attributes).append("/>");
    return lineBreak(tag);
  }

  /** An element with text in it. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** The style sheet, which is of this package and holds nothing to escape. */
  Markup style(String sheet) {
    open("style");
    out.append('\n').append(sheet);
    return close();
  }

  private StringBuilder begin(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
    return out;
  }

  private Markup lineBreak(String tag) {
    if (BLOCKS.contains(tag)) {
      out.append('\n');
    }
    return this;
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int character) {
    switch (character) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isPlain(character) ? character : 0xFFFD);
    }
  }

  /** Neither a control nor one of those that turn the direction of the text around them. */
  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character == '\n' || character == '\t';
      case Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }

  /** The document, once all is closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return "<!DOCTYPE html>\n" + out;
  }
}
