package qwormhole.bench.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.saved.SavedFallback;

/** One fallback: echoes a second over time, and the steps back as lines in it and as a list. */
final class FallbackFigure {
  private static final int STEP_HEIGHT = 16;
  private static final int PLOT_HEIGHT = 170;

  private final Markup markup;
  private final String id;
  private final SavedFallback fallback;
  private final List<Step> steps = new ArrayList<>();

  /** A step back to normal, so long after the kill. */
  private record Step(String what, double nanos, String style) {
    double millis() {
      return nanos / 1e6;
    }
  }

  FallbackFigure(Markup markup, String id, SavedFallback fallback) {
    this.markup = markup;
    this.id = id;
    this.fallback = fallback;
    steps.add(new Step("killed", 0, "kill"));
    add("noticed", "detectNanos", "");
    add("listening again", "relistenNanos", "");
    add("first echo", "firstEchoNanos", "");
    add("all clients back", "allEchoNanos", "done");
  }

  private void add(String what, String member, String style) {
    JsonNode value = fallback.json().get(member);
    if (value.isNumber()) {
      steps.add(new Step(what, value.asDouble(), style));
    }
  }

  void write() {
    List<JsonNode> buckets = visibleBuckets();
    double width = fallback.count("bucketMillis");
    double begin = buckets.get(0).get("millis").asDouble();
    double end = buckets.get(buckets.size() - 1).get("millis").asDouble() + width;
    Scale time = new Scale(begin, end, false);
    List<Plot.Point> points = new ArrayList<>();
    DataTable table = new DataTable("ms from", "echoes/s", "clients connected");
    double highest = 0;
    for (JsonNode bucket : buckets) {
      double at = bucket.get("millis").asDouble();
      double rate = bucket.get("echoes").asDouble() * 1_000 / width;
      highest = Math.max(highest, rate);
      // A step as wide as the bucket: nothing is known of what lies within.
      points.add(point(time.at(at), rate));
      points.add(point(time.at(at + width), rate));
      table.row(Numbers.plain(at, 0), Numbers.rate(rate), bucket.get("connected").asText());
    }
    Plot.Line line =
        new Plot.Line(Tone.of(fallback.json().get("server").asText()), "none", "k0", points);
    int head = steps.size() * STEP_HEIGHT + 18;
    Plot plot =
        new Plot(
            List.of(line), Scale.fromZero(highest), Numbers::tick, marks(time), head, PLOT_HEIGHT);
    new Figure(markup, id)
        .write(
            fallback.title(),
            "echoes/s of %d clients, %s, in steps of %s ms"
                .formatted(
                    fallback.count("clients"),
                    Numbers.size(fallback.count("size")),
                    Numbers.plain(width, 0)),
            description(),
            plot.heightPixels(),
            svg -> {
              plot.draw(svg);
              for (int i = 0; i < steps.size(); i++) {
                drawStep(svg, time, i, head + PLOT_HEIGHT);
              }
            },
            table,
            true);
  }

  private static Plot.Point point(double at, double rate) {
    return new Plot.Point(at, rate, rate, rate, null);
  }

  /** From a while before to as long again after all are back. */
  private List<JsonNode> visibleBuckets() {
    double back = steps.get(steps.size() - 1).millis();
    List<JsonNode> visible = new ArrayList<>();
    for (JsonNode bucket : fallback.json().get("timeline")) {
      double at = bucket.get("millis").asDouble();
      if (at >= -Math.max(200, back / 2) && at <= Math.max(400, 2 * back)) {
        visible.add(bucket);
      }
    }
    return visible;
  }

  private List<Plot.Mark> marks(Scale time) {
    List<Plot.Mark> marks = new ArrayList<>();
    List<Double> ticks = Scale.fromZero(Math.max(-time.min(), time.max())).ticks();
    for (int i = 0; i < ticks.size(); i++) {
      double tick = ticks.get(i);
      // A phone has room for every second one, the kill among them.
      boolean spare = i % 2 == 1;
      for (double signed : tick == 0 ? new double[] {0} : new double[] {-tick, tick}) {
        if (signed >= time.min() && signed <= time.max()) {
          marks.add(new Plot.Mark(time.at(signed), Numbers.plain(signed, 1) + " ms", spare));
        }
      }
    }
    return marks;
  }

  /** Each label has a height of its own, so that steps close to each other stay apart. */
  private void drawStep(Markup svg, Scale time, int index, int bottom) {
    Step step = steps.get(index);
    double share = time.at(step.millis());
    String x = Plot.place(share);
    int top = index * STEP_HEIGHT;
    svg.empty(
        "line",
        "class",
        ("event " + step.style()).strip(),
        "x1",
        x,
        "x2",
        x,
        "y1",
        String.valueOf(top + 2),
        "y2",
        String.valueOf(bottom));
    boolean left = share > 0.55; // a phone has room for half its width
    svg.element(
        "text",
        step.what() + " " + (step.nanos() == 0 ? "" : Numbers.nanos(step.nanos())),
        "class",
        "note",
        "x",
        x,
        "dx",
        left ? "-6" : "6",
        "y",
        String.valueOf(top + 12),
        "text-anchor",
        left ? "end" : "start");
  }

  private String description() {
    List<String> told = new ArrayList<>();
    steps.stream()
        .filter(step -> step.nanos() > 0)
        .forEach(step -> told.add(step.what() + " after " + Numbers.nanos(step.nanos())));
    return "Echoes fall to none when the transport is killed and come back: "
        + String.join(", ", told)
        + ".";
  }
}
