package qwormhole.bench.html;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines over a common horizontal axis. The lines are drawn in a coordinate system that is stretched
 * to the width of the page; text and points lie outside of it and keep their shape.
 *
 * @param lines what is drawn, the last one on top
 * @param vertical the axis upwards
 * @param label the label of a value on it
 * @param marks where the horizontal axis has a line and a label
 * @param headPixels room above the plot
 * @param plotPixels height of the plot itself
 */
record Plot(
    List<Line> lines,
    Scale vertical,
    DoubleFunction<String> label,
    List<Mark> marks,
    int headPixels,
    int plotPixels) {
  private static final int FOOT = 26;

  /** The part of the width that the labels of the vertical axis have to themselves. */
  private static final double GUTTER = 0.14;

  private static final int UNITS = 1000;

  /**
   * A place on the horizontal axis, 0 to 1, with its label.
   *
   * @param spare whether the label is left out where there is little room
   */
  record Mark(double at, String label, boolean spare) {
    Mark(double at, String label) {
      this(at, label, false);
    }
  }

  /**
   * A point of a line.
   *
   * @param at its place on the horizontal axis, 0 to 1
   * @param value its value
   * @param low the lower end of its spread, or the value
   * @param high the upper end
   * @param words what it says when pointed at, or null for a point that is not shown
   */
  record Point(double at, double value, double low, double high, String words) {}

  /** A line; the key ties it to its row in the legend. */
  record Line(String tone, String dashes, String key, List<Point> points) {}

  /** Of the whole picture. */
  int heightPixels() {
    return headPixels + plotPixels + FOOT;
  }

  private int bottom() {
    return headPixels + plotPixels;
  }

  /** Draws all. */
  void draw(Markup svg) {
    vertical.ticks().forEach(value -> drawTick(svg, value));
    marks.forEach(mark -> drawMark(svg, mark));
    svg.open(
        "svg",
        "x",
        place(0),
        "y",
        String.valueOf(headPixels),
        "width",
        Scale.percentOf(1 - GUTTER),
        "height",
        String.valueOf(plotPixels),
        "viewBox",
        "0 0 " + UNITS + " " + UNITS,
        "preserveAspectRatio",
        "none");
    lines.forEach(line -> drawLine(svg, line));
    svg.close();
    lines.forEach(line -> drawPoints(svg, line));
  }

  private void drawTick(Markup svg, double value) {
    String y = pixels(value);
    svg.empty("line", "class", "grid", "x1", place(0), "x2", "100%", "y1", y, "y2", y);
    svg.element("text", label.apply(value), "class", "tick", "x", "0", "y", y, "dy", "4");
  }

  private void drawMark(Markup svg, Mark mark) {
    String x = place(mark.at());
    svg.empty(
        "line",
        "class",
        "grid faint",
        "x1",
        x,
        "x2",
        x,
        "y1",
        String.valueOf(headPixels),
        "y2",
        String.valueOf(bottom()));
    String anchor = mark.at() >= 0.98 ? "end" : "middle";
    String y = String.valueOf(heightPixels() - 8);
    String style = mark.spare() ? "tick spare" : "tick";
    svg.element("text", mark.label(), "class", style, "x", x, "y", y, "text-anchor", anchor);
  }

  private void drawLine(Markup svg, Line line) {
    List<Point> points = line.points();
    if (points.stream().anyMatch(point -> point.high() > point.low())) {
      StringBuilder band = new StringBuilder();
      points.forEach(point -> append(band, point.at(), point.high()));
      for (int i = points.size() - 1; i >= 0; i--) {
        append(band, points.get(i).at(), points.get(i).low());
      }
      svg.empty("path", "class", "band " + line.tone() + " " + line.key(), "d", band + "Z");
    }
    StringBuilder path = new StringBuilder();
    points.forEach(point -> append(path, point.at(), point.value()));
    svg.empty(
        "path",
        "class",
        "line " + line.tone() + " " + line.key(),
        "stroke-dasharray",
        line.dashes(),
        "d",
        path.toString());
  }

  private void append(StringBuilder path, double at, double value) {
    path.append(path.isEmpty() ? 'M' : 'L')
        .append(Numbers.plain(at * UNITS, 1))
        .append(' ')
        .append(Numbers.plain((1 - vertical.at(value)) * UNITS, 1));
  }

  private void drawPoints(Markup svg, Line line) {
    for (Point point : line.points()) {
      if (point.words() != null) {
        svg.open(
            "circle",
            "class",
            "point " + line.tone() + " " + line.key(),
            "cx",
            place(point.at()),
            "cy",
            pixels(point.value()),
            "r",
            "3.5");
        svg.element("title", point.words()).close();
      }
    }
  }

  /** Where a place on the horizontal axis lies in the picture. */
  static String place(double at) {
    return Scale.percentOf(GUTTER + at * (1 - GUTTER));
  }

  private String pixels(double value) {
    return Numbers.plain(bottom() - vertical.at(value) * plotPixels, 1);
  }
}
