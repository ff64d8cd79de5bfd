package qwormhole.bench.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qwormhole.bench.saved.SampleFile;
import qwormhole.bench.saved.SavedResult;

class SheetTest {
  @TempDir private Path folder;

  @Test
  void cellsThatNeedItAreQuoted() {
    assertThat(CsvSheet.quoted("plain text; 'as it is'")).isEqualTo("plain text; 'as it is'");
    assertThat(CsvSheet.quoted("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvSheet.quoted("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(CsvSheet.quoted("two\nlines")).isEqualTo("\"two\nlines\"");
    assertThat(CsvSheet.quoted("")).isEmpty();
  }

  @Test
  void aLineHasACellForEachTitle() throws IOException {
    List<String> lines = CsvSheet.of(new SampleFile().read(folder, "a")).lines().toList();
    long titles = lines.get(0).chars().filter(c -> c == ',').count();
    assertThat(lines).hasSizeGreaterThan(50);
    assertThat(lines.get(0)).startsWith("workload,mode,server,client,size,");
    assertThat(lines)
        .filteredOn(line -> line.indexOf('"') < 0)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            line -> assertThat(line.chars().filter(c -> c == ',').count()).isEqualTo(titles));
  }

  @Test
  void numbersAreThoseOfTheResult() throws IOException {
    SavedResult result = SampleFile.streams("java:java", 1_000, 3_000, 2_000).read(folder, "a");
    String[] lines = CsvSheet.of(result).split("\r\n", -1);
    List<String> titles = List.of(lines[0].split(",", -1));
    String[] cells = lines[1].split(",", -1);
    assertThat(cells[titles.indexOf("mode")]).isEqualTo("java:java");
    assertThat(cells[titles.indexOf("messagesPerSecond.median")]).isEqualTo("2000.0");
    assertThat(cells[titles.indexOf("messagesPerSecond.max")]).isEqualTo("3000.0");
    assertThat(cells[titles.indexOf("connectionsPerSecond.median")]).isEmpty();
    assertThat(cells[titles.indexOf("lost")]).isEqualTo("0");
  }

  @Test
  void aReasonIsNoFormula() throws IOException {
    SampleFile file = new SampleFile();
    file.with(
        root ->
            root.withArrayProperty("rows")
                .forEach(
                    row -> {
                      if (row.has("reason")) {
                        ((ObjectNode) row).put("reason", "=1+1,\"x\"");
                      }
                    }));
    assertThat(CsvSheet.of(file.read(folder, "a"))).contains(",\"'=1+1,\"\"x\"\"\",");
  }

  @Test
  void markdownHasRowsAndReasons() throws IOException {
    String text = MarkdownSheet.of(new SampleFile().read(folder, "a"));
    assertThat(text)
        .contains("| cpu | Example CPU @ 2.50GHz |")
        .contains("| stream java:java, 64 B | 18.0 M |")
        .contains("| not measured | rows |")
        .containsPattern("FAILED: \\w+ \\S+, .*: the server process died");
    assertThat(text.lines().filter(line -> !line.isEmpty()))
        .allSatisfy(line -> assertThat(line).startsWith("|").endsWith("|"));
  }

  @Test
  void markdownHasFallbacksAndWhyOneIsMissing() throws IOException {
    SampleFile file = new SampleFile().with(root -> root.putArray("rows"));
    assertThat(MarkdownSheet.of(file.read(folder, "a")))
        .contains("| transport killed | then |")
        .contains("| lws:java, server killed | java:java |")
        .contains("| java:lws, client killed | java:java |")
        .contains("| skipped: ");
  }

  @Test
  void fallbacksAreLinesOfTheirOwn() throws IOException {
    SampleFile file = new SampleFile().with(root -> root.putArray("rows"));
    List<String> lines = CsvSheet.of(file.read(folder, "a")).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("mode,killed,").endsWith(",lost,doubled");
    assertThat(lines.get(1)).startsWith("lws:java,server,").contains("java:java").endsWith(",0,0");
    assertThat(lines.get(3)).startsWith("libsocket:java,server,").contains("true,false,");
  }
}
