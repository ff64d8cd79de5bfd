package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is drawn is what was measured. */
class ChartTest {

  @Test
  void aBarIsAsLongAsItsShareOfTheAxis() {
    String svg =
        draw(
            new Bars(
                List.of(bar("one", 5, 4, 6), bar("two", 20, 18, 20)), Numbers::tick, Double.NaN));
    assertThat(svg)
        .contains("x=\"0%\" y=\"19\" width=\"25%\"")
        .contains("x=\"0%\" y=\"59\" width=\"100%\"")
        // From 4 to 6 of 20.
        .contains("x1=\"20%\" x2=\"30%\"");
  }

  @Test
  void thePartsOfABarFollowEachOther() {
    Bars.Bar stacked =
        new Bars.Bar("one", "8", "t-java", List.of(2.0, 6.0), Double.NaN, Double.NaN);
    assertThat(draw(new Bars(List.of(stacked), Numbers::tick, Double.NaN)))
        .contains("class=\"bar\" x=\"0%\" y=\"19\" width=\"25%\"")
        .contains("class=\"bar second\" x=\"25%\" y=\"19\" width=\"75%\"")
        .doesNotContain("whisker");
  }

  @Test
  void aReferenceBeyondAllBarsHasRoomOnTheAxis() {
    assertThat(draw(new Bars(List.of(bar("one", 5, 5, 5)), Numbers::tick, 10)))
        .contains("class=\"reference\" x1=\"100%\" x2=\"100%\"")
        .contains("width=\"50%\"");
  }

  @Test
  void aLineGoesThroughItsPointsInStretchedUnits() {
    Plot.Line line =
        new Plot.Line(
            "t-java",
            "none",
            "k0",
            List.of(point(0, 0, null), point(0.5, 5, "half"), point(1, 10, null)));
    Plot plot = new Plot(List.of(line), new Scale(0, 10, false), Numbers::tick, List.of(), 0, 100);
    Markup markup = new Markup();
    plot.draw(markup);
    assertThat(markup.toString())
        .contains("d=\"M0 1000L500 500L1000 0\"")
        // The gutter of the labels takes 14 %, and the rest is halved.
        .contains("cx=\"57%\" cy=\"50\"")
        .contains("<title>half</title>")
        .doesNotContain("band");
  }

  @Test
  void aSpreadIsABandAroundItsLine() {
    Plot.Line line =
        new Plot.Line(
            "t-java",
            "none",
            "k0",
            List.of(new Plot.Point(0, 5, 4, 6, null), new Plot.Point(1, 5, 2, 10, null)));
    Markup markup = new Markup();
    new Plot(List.of(line), new Scale(0, 10, false), Numbers::tick, List.of(), 0, 100).draw(markup);
    assertThat(markup.toString()).contains("d=\"M0 400L1000 0L1000 800L0 600Z\"");
  }

  private static Plot.Point point(double at, double value, String words) {
    return new Plot.Point(at, value, value, value, words);
  }

  private static Bars.Bar bar(String label, double value, double low, double high) {
    return new Bars.Bar(label, label, "t-java", List.of(value), low, high);
  }

  private static String draw(Bars bars) {
    Markup markup = new Markup();
    bars.draw(markup);
    return markup.toString();
  }
}
