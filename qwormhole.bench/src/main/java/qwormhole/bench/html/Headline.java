package qwormhole.bench.html;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import qwormhole.bench.saved.SavedFallback;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

/** The few numbers that people ask for first. The yardstick takes no part. */
final class Headline {
  private final SavedResult result;
  private final List<SavedRow> contenders;

  Headline(SavedResult result) {
    this.result = result;
    contenders = result.measured().stream().filter(row -> !row.isBare()).toList();
  }

  void write(Markup markup) {
    markup.open("ul", "class", "tiles", "aria-label", "At a glance");
    fastest("stream").ifPresent(row -> rate(markup, "msg/s, fastest stream", row));
    quickest("pingpong").ifPresent(row -> latency(markup, row));
    fastest("pipeline").ifPresent(row -> rate(markup, "echoes/s, fastest pipeline", row));
    fallback().ifPresent(fallback -> fallback(markup, fallback));
    verified(markup);
    rows(markup);
    markup.close();
    new Caveats(result).write(markup);
  }

  private Optional<SavedRow> fastest(String workload) {
    return of(workload).stream().max(Comparator.comparingDouble(row -> row.rate().median()));
  }

  private Optional<SavedRow> quickest(String workload) {
    return of(workload).stream()
        .filter(row -> !row.latencyOf().isEmpty())
        .min(Comparator.comparingDouble(row -> row.number("/latencyNanos/p50")));
  }

  private List<SavedRow> of(String workload) {
    return contenders.stream().filter(row -> row.setup().workload().equals(workload)).toList();
  }

  /** The slowest one to come back. */
  private Optional<SavedFallback> fallback() {
    return result.fallbacks().stream()
        .filter(SavedFallback::isMeasured)
        .max(Comparator.comparingLong(fallback -> fallback.count("firstEchoNanos")));
  }

  private static void rate(Markup markup, String what, SavedRow row) {
    tile(markup, null, Numbers.rate(row.rate().median()), what, place(row));
  }

  private static void latency(Markup markup, SavedRow row) {
    String value = Numbers.nanos(row.number("/latencyNanos/p50"));
    tile(markup, null, value, "round trip, p50", place(row));
  }

  private static void fallback(Markup markup, SavedFallback fallback) {
    String value = Numbers.nanos(fallback.count("firstEchoNanos"));
    tile(markup, null, value, "killed to first echo", fallback.title());
  }

  private static String place(SavedRow row) {
    return row.mode() + ", " + Numbers.size(row.setup().size());
  }

  private void verified(Markup markup) {
    long lost = sum("lost");
    long doubled = sum("doubled");
    long received = sum("received");
    tile(
        markup,
        lost + doubled == 0 ? "good" : "bad",
        Numbers.whole(lost + doubled),
        lost + doubled == 0 ? "lost or doubled" : lost + " lost, " + doubled + " doubled",
        Numbers.rate(received) + " received and checked");
  }

  private long sum(String name) {
    return result.rows().stream().mapToLong(row -> row.count(name)).sum()
        + result.fallbacks().stream().mapToLong(fallback -> fallback.count(name)).sum();
  }

  /** Where there are fallbacks and no rows, it is these that count. */
  private void rows(Markup markup) {
    List<SavedFallback> fallbacks = result.fallbacks();
    boolean alone = result.rows().isEmpty() && !fallbacks.isEmpty();
    long all = alone ? fallbacks.size() : result.rows().size();
    long measured =
        alone
            ? fallbacks.stream().filter(SavedFallback::isMeasured).count()
            : result.measured().size();
    long failed =
        fallbacks.stream().filter(SavedFallback::isFailed).count()
            + result.rows().stream().filter(SavedRow::isFailed).count();
    long skipped = Math.max(0, all - measured - failed);
    String what = alone ? " fallbacks" : " rows";
    if (failed > 0) {
      String detail = measured + " measured, " + skipped + " skipped";
      begin(markup, "bad", failed + " failed", "of all" + what);
      markup.open("span").text(detail + ": ").element("a", "why", "href", "#" + NotMeasured.ID);
      markup.close().close();
    } else {
      tile(markup, null, measured + what, "measured", skipped + " skipped, none failed");
    }
  }

  private static void tile(Markup markup, String style, String value, String what, String detail) {
    begin(markup, style, value, what);
    markup.element("span", detail).close();
  }

  private static void begin(Markup markup, String style, String value, String what) {
    markup.open("li", "class", style).element("b", value);
    markup.element("span", what, "class", "what");
  }
}
