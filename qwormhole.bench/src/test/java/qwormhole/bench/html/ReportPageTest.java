package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.bench.saved.SampleFile;
import qwormhole.bench.saved.SavedResult;
import qwormhole.bench.saved.SavedRow;

class ReportPageTest {
  private static final String HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

  @TempDir private Path folder;

  @Test
  void everyMeasuredNumberIsThere() throws IOException {
    SavedResult result = new SampleFile().read(folder, "sample.json");
    String page = ReportPage.of(result);
    assertThat(result.measured()).hasSizeGreaterThan(10);
    for (SavedRow row : result.measured()) {
      assertThat(page)
          .as(row.name())
          .contains("<td class=\"n\">" + Numbers.rate(row.rate().median()) + "</td>");
      row.latency()
          .ifPresent(
              histogram ->
                  assertThat(page)
                      .as(row.name())
                      .contains(Numbers.nanos(histogram.getValueAtPercentile(99))));
    }
    assertThat(page).contains("noticed after 1.84 ms", "first echo after 118 ms");
  }

  @Test
  void skippedAndFailedRowsSayWhy() throws IOException {
    SavedResult result = new SampleFile().read(folder, "sample.json");
    String page = ReportPage.of(result);
    List<SavedRow> others = result.rows().stream().filter(row -> !row.isMeasured()).toList();
    assertThat(others).isNotEmpty();
    String section = all(page, "(?s)<section id=\"not-measured\".*?</section>").get(0);
    for (SavedRow row : others) {
      assertThat(section).contains(escaped(row.reason()));
      assertThat(
              all(section, "<li><b>" + Pattern.quote(Groups.title(row.setup())) + "</b>: ([^<]*)"))
          .as(row.name())
          .anySatisfy(pairings -> assertThat(pairings.split("; ")).contains(row.mode()));
    }
    assertThat(section)
        .contains("<h3 class=\"failed\">1 failed</h3>", "46 skipped")
        .contains("fallback</b>: libsocket:java, server killed");
    assertThat(section.indexOf("failed</h3>")).isLessThan(section.indexOf("skipped</h3>"));
    // The first screen leads to it.
    assertThat(page).contains("<a href=\"#not-measured\">why</a>");
  }

  @Test
  void whatNamesARowIsToTheLeftAndNumbersAreToTheRight() {
    Markup markup = new Markup();
    new DataTable(2, "row", "pairing", "rate").row("stream", "java:java", "5 k").write(markup, "x");
    assertThat(markup.toString())
        .contains("<th scope=\"col\">pairing</th>", "<th scope=\"col\" class=\"n\">rate</th>")
        .contains("<th scope=\"row\">stream</th><th scope=\"row\">java:java</th>")
        .contains("<td class=\"n\">5 k</td>");
  }

  @Test
  void whatAFileSaysNeverBecomesMarkup() throws IOException {
    SampleFile file = new SampleFile();
    file.with(
        root -> {
          ObjectNode conditions = (ObjectNode) root.get("conditions");
          conditions.put("cpu", HOSTILE).put("jvm", HOSTILE).put("version", HOSTILE);
          root.withArrayProperty("rows")
              .forEach(
                  row -> {
                    ((ObjectNode) row).put("mode", HOSTILE).put("server", HOSTILE);
                    ((ObjectNode) row).put("client", HOSTILE);
                    if (row.has("reason")) {
                      ((ObjectNode) row).put("reason", HOSTILE);
                    }
                  });
          root.withArrayProperty("fallbacks")
              .forEach(fallback -> ((ObjectNode) fallback).put("mode", HOSTILE));
        });
    String page = ReportPage.of(file.read(folder, "<script>.json"));
    assertThat(page).contains(escaped(HOSTILE));
    assertThat(page.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("<script", "<img", "class=\"\"");
    assertThat(page.replace(escaped(HOSTILE), "")).doesNotContain("onerror");
  }

  @Test
  void nothingIsLoadedFromAnywhere() throws IOException {
    String page = ReportPage.of(new SampleFile().read(folder, "sample.json"));
    assertThat(page)
        .contains("default-src &#39;none&#39;")
        .doesNotContain("://", "@import", "url(", " src=", "<link", "<script");
  }

  @Test
  void everyChartHasWordsAndEveryIdIsItsOwn() throws IOException {
    String page = ReportPage.of(new SampleFile().read(folder, "sample.json"));
    List<String> ids = all(page, " id=\"([^\"]+)\"");
    assertThat(ids).doesNotHaveDuplicates();
    List<String> charts = all(page, "role=\"img\"[^>]* aria-labelledby=\"([^\"]+)\"");
    assertThat(charts).hasSizeGreaterThan(10);
    for (String chart : charts) {
      assertThat(ids).contains(chart.split(" "));
    }
    List<String> figures = all(page, "(?s)<figure.*?</figure>");
    assertThat(figures)
        .hasSameSizeAs(charts)
        .allSatisfy(figure -> assertThat(figure).contains("<table"));
    for (String link : all(page, "href=\"#([^\"]+)\"")) {
      assertThat(ids).contains(link);
    }
  }

  @Test
  void anEmptyOrInterruptedRunIsAPageToo() throws IOException {
    SampleFile file = new SampleFile();
    file.with(
        root -> {
          root.put("interrupted", true);
          root.putArray("rows");
          root.putArray("fallbacks");
        });
    assertThat(ReportPage.of(file.read(folder, "empty.json")))
        .contains("cut short", "Conditions")
        .doesNotContain("id=\"throughput\"");
  }

  @Test
  void aBusyMachineIsToldBeforeAnyNumberIsBelieved() throws IOException {
    SampleFile file = new SampleFile();
    assertThat(ReportPage.of(file.read(folder, "quiet.json"))).doesNotContain("was busy");
    file.row("stream", "java:java", 64).put("otherProcessesCpus", 1.26);
    file.row("stream", "lws:java", 64).put("otherProcessesCpus", 0.5);
    String page = ReportPage.of(file.read(folder, "busy.json"));
    assertThat(page)
        .contains("during 2 of 42 rows other processes used processors, up to 1.3 of 2.");
    assertThat(page.indexOf("was busy")).isLessThan(page.indexOf("<nav"));
  }

  @Test
  void aPageOfFallbacksAloneCountsThese() throws IOException {
    SampleFile file = new SampleFile().with(root -> root.putArray("rows"));
    SavedResult result = file.read(folder, "fallback.json");
    String page = ReportPage.of(result);
    long received = result.fallbacks().stream().mapToLong(one -> one.count("received")).sum();
    assertThat(page)
        .contains("<b>2 fallbacks</b>", "1 skipped, none failed")
        .contains(Numbers.rate(received) + " received and checked");
    file.with(
        root ->
            ((ObjectNode) root.at("/fallbacks/0"))
                .put("failed", true)
                .put("reason", "lost 1")
                .put("lost", 1));
    assertThat(ReportPage.of(file.read(folder, "fallback.json")))
        .contains("<b>1 failed</b>", "of all fallbacks", "1 lost, 0 doubled");
  }

  @Test
  void settingsThatSayNothingAreLeftOut() throws IOException {
    SampleFile file = new SampleFile();
    file.with(
        root -> {
          ((ObjectNode) root.get("settings")).putArray("workloads");
          ((ObjectNode) root.get("conditions")).put("loadAverage", 3.951171875);
        });
    assertThat(ReportPage.of(file.read(folder, "sample.json")))
        .contains(
            "<dd>3.95</dd>", "<dt>JVM flags</dt>", "<dd>64\u00A0B, 1\u00A0KiB, 64\u00A0KiB</dd>")
        .doesNotContain("<dt>workloads</dt>", "<dd></dd>");
  }

  private static List<String> all(String page, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    while (matcher.find()) {
      found.add(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
    }
    return found;
  }

  private static String escaped(String text) {
    return new Markup().text(text).toString().substring("<!DOCTYPE html>\n".length());
  }
}
