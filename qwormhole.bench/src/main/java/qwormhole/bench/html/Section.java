package qwormhole.bench.html;

/** A part of a page that the menu leads to. */
interface Section {

  /** The anchor; a literal. */
  String id();

  /** The heading, and the word in the menu. */
  String title();

  /** A sentence on how to read it. */
  String hint();

  /** Whether there is nothing to show; the section is left out then. */
  boolean isEmpty();

  /** Writes what is under the heading. */
  void write(Markup markup);
}
