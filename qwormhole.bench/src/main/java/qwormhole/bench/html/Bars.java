package qwormhole.bench.html;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Horizontal bars from zero, each with its words above it: they fit any width, and no label is ever
 * turned or cut.
 *
 * @param bars from the top down
 * @param tick the label of a value on the axis
 * @param reference a value that all are measured by, drawn as a line, or NaN
 */
record Bars(List<Bar> bars, DoubleFunction<String> tick, double reference) {
  private static final int ROW = 40;
  private static final int BAR_TOP = 19;
  private static final int BAR_HEIGHT = 11;
  private static final int AXIS = 24;

  /**
   * A bar.
   *
   * @param label what it is of
   * @param words its value in words
   * @param tone the class of its colour
   * @param parts its parts from the left; one unless it is stacked
   * @param low the lower end of its spread, NaN for none
   * @param high the upper end
   */
  record Bar(String label, String words, String tone, List<Double> parts, double low, double high) {
    double length() {
      return parts.stream().mapToDouble(Double::doubleValue).sum();
    }

    double end() {
      return Double.isNaN(high) ? length() : Math.max(high, length());
    }
  }

  int heightPixels() {
    return bars.size() * ROW + AXIS;
  }

  /** Draws all. */
  void draw(Markup svg) {
    double longest = bars.stream().mapToDouble(Bar::end).max().orElse(1);
    Scale scale = Scale.fromZero(Double.isNaN(reference) ? longest : Math.max(longest, reference));
    drawGrid(svg, scale);
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), scale, i * ROW);
      if (!Double.isNaN(reference)) {
        // Beside the bars only: no line runs through words.
        int top = i * ROW + BAR_TOP;
        vertical(svg, "reference", scale.percent(reference), top, top + BAR_HEIGHT + 3);
      }
    }
  }

  private void drawGrid(Markup svg, Scale scale) {
    List<Double> ticks = scale.ticks();
    for (double value : ticks) {
      String x = scale.percent(value);
      vertical(svg, "grid", x, 0, bars.size() * ROW);
      String anchor = value == 0 ? "start" : value >= scale.max() ? "end" : "middle";
      String y = String.valueOf(heightPixels() - 7);
      svg.element(
          "text", tick.apply(value), "class", "tick", "x", x, "y", y, "text-anchor", anchor);
    }
  }

  private void draw(Markup svg, Bar bar, Scale scale, int top) {
    svg.open("g", "class", bar.tone());
    String baseline = String.valueOf(top + BAR_TOP - 5);
    svg.element("text", bar.label(), "class", "label", "x", "0", "y", baseline);
    svg.element(
        "text", bar.words(), "class", "value", "x", "100%", "y", baseline, "text-anchor", "end");
    double begin = 0;
    for (int i = 0; i < bar.parts().size(); i++) {
      double part = bar.parts().get(i);
      svg.empty(
          "rect",
          "class",
          i == 0 ? "bar" : "bar second",
          "x",
          scale.percent(begin),
          "y",
          String.valueOf(top + BAR_TOP),
          "width",
          Scale.percentOf(scale.at(begin + part) - scale.at(begin)),
          "height",
          String.valueOf(BAR_HEIGHT));
      begin += part;
    }
    if (!Double.isNaN(bar.low())) {
      whisker(svg, scale.percent(bar.low()), scale.percent(bar.high()), top);
    }
    svg.close();
  }

  private static void whisker(Markup svg, String low, String high, int top) {
    String middle = String.valueOf(top + BAR_TOP + BAR_HEIGHT / 2.0);
    svg.empty("line", "class", "whisker", "x1", low, "x2", high, "y1", middle, "y2", middle);
    for (String end : new String[] {low, high}) {
      svg.empty(
          "line",
          "class",
          "whisker",
          "x1",
          end,
          "x2",
          end,
          "y1",
          String.valueOf(top + BAR_TOP + 2),
          "y2",
          String.valueOf(top + BAR_TOP + BAR_HEIGHT - 2));
    }
  }

  private static void vertical(Markup svg, String style, String x, int top, int bottom) {
    svg.empty(
        "line",
        "class",
        style,
        "x1",
        x,
        "x2",
        x,
        "y1",
        String.valueOf(top),
        "y2",
        String.valueOf(bottom));
  }
}
