package qwormhole.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qwormhole.bench.report.Interval;
import qwormhole.bench.saved.SampleFile;
import qwormhole.bench.saved.SavedResult;

class ComparisonTest {
  private static final Set<Metric> RATE = EnumSet.of(Metric.RATE);

  @TempDir private Path folder;

  @Test
  void fartherThanTheThresholdBeyondNoiseIsARegression() throws IOException {
    Comparison comparison = rates(of(100, 101, 102), of(80, 81, 82));
    assertThat(comparison.changes())
        .extracting(Change::verdict)
        .containsExactly(Verdict.REGRESSION);
    assertThat(comparison.hasRegressions()).isTrue();
  }

  @Test
  void theSameDropAmongNoisyRepeatsIsNone() throws IOException {
    Comparison comparison = rates(of(100, 60, 140), of(80, 48, 112));
    assertThat(comparison.changes()).extracting(Change::verdict).containsExactly(Verdict.SAME);
    assertThat(comparison.hasRegressions()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"99,100,101,WORSE", "110,111,112,BETTER", "104,103,105,SAME", "91,92,93,WORSE"})
  void smallChangesPass(double a, double b, double c, Verdict verdict) throws IOException {
    Comparison comparison = rates(of(103, 104, 105), of(a, b, c));
    assertThat(comparison.changes()).extracting(Change::verdict).containsExactly(verdict);
    assertThat(comparison.hasRegressions()).isFalse();
  }

  @Test
  void lessIsBetterForWhatAMessageCosts() {
    Interval dearer = new Interval(1.3, 1.2, 1.4);
    assertThat(Verdict.of(dearer, false, 0.1)).isEqualTo(Verdict.REGRESSION);
    assertThat(Verdict.of(dearer, true, 0.1)).isEqualTo(Verdict.BETTER);
    assertThat(Verdict.of(dearer, false, 0.25)).isEqualTo(Verdict.WORSE);
    assertThat(Verdict.of(new Interval(0.7, 0.6, 0.8), false, 0.1)).isEqualTo(Verdict.BETTER);
    assertThat(Verdict.of(new Interval(0.7, 0.6, 0.8), true, 0.1)).isEqualTo(Verdict.REGRESSION);
  }

  @Test
  void aSingleRepeatIsNeverARegression() throws IOException {
    Comparison comparison = rates(of(100), of(10));
    assertThat(comparison.changes()).extracting(Change::verdict).containsExactly(Verdict.UNKNOWN);
    assertThat(text(comparison)).contains("one repeat").contains("0.10x");
  }

  @Test
  void nextToNoAllocationIsNoChange() throws IOException {
    SampleFile base = SampleFile.streams("java:java", 1, 1, 1);
    SampleFile now =
        SampleFile.streams("java:java", 1, 1, 1).with(root -> allocate(root, 1_000_000));
    Comparison comparison =
        Comparison.of(
            base.read(folder, "base"), now.read(folder, "now"), EnumSet.of(Metric.ALLOCATED), 0.1);
    // From a hundredth of a byte for each message to a fifth: twenty times, and nothing.
    assertThat(comparison.hasRegressions()).isFalse();
    now.with(root -> allocate(root, 200_000_000));
    assertThat(
            Comparison.of(
                    base.read(folder, "base"),
                    now.read(folder, "now"),
                    EnumSet.of(Metric.ALLOCATED),
                    0.1)
                .hasRegressions())
        .isTrue();
  }

  private static void allocate(ObjectNode root, long bytes) {
    root.at("/rows/0/samples")
        .forEach(sample -> ((ObjectNode) sample.get("server")).put("allocatedBytes", bytes));
  }

  @Test
  void aRowThatFailsNowIsARegressionAndOneThatIsSkippedIsNot() throws IOException {
    SavedResult base = of(100, 101);
    Comparison failed = rates(base, without("failed", "the server process died"));
    assertThat(failed.hasRegressions()).isTrue();
    assertThat(text(failed)).contains("FAILED: the server process died").contains("1 regression ");
    Comparison skipped = rates(base, without("skipped", "no library"));
    assertThat(skipped.hasRegressions()).isFalse();
    assertThat(skipped.isEmpty()).isTrue();
    assertThat(skipped.missing())
        .containsExactly("stream java:java, 64 B: skipped in now: no library");
  }

  private SavedResult without(String outcome, String reason) throws IOException {
    return SampleFile.streams("java:java", 1)
        .with(
            root -> {
              ObjectNode row = (ObjectNode) root.at("/rows/0");
              row.put(outcome, true).put("reason", reason);
              row.retain(
                  "workload",
                  "mode",
                  "server",
                  "client",
                  "size",
                  "clients",
                  "depth",
                  "send",
                  "signed",
                  "resume",
                  "tls",
                  "skipped",
                  "failed",
                  "reason");
            })
        .read(folder, "now");
  }

  @Test
  void rowsOfOneSideAreNamed() throws IOException {
    SavedResult other = SampleFile.streams("lws:lws", 1, 2).read(folder, "now");
    assertThat(rates(of(100, 101), other).missing())
        .containsExactly(
            "stream java:java, 64 B: not in now", "stream lws:lws, 64 B: not measured in base");
  }

  @Test
  void otherConditionsAreNamed() throws IOException {
    SavedResult now =
        SampleFile.streams("java:java", 100, 101)
            .with(root -> ((ObjectNode) root.get("conditions")).put("cores", 64))
            .read(folder, "now");
    Comparison comparison = rates(of(100, 101), now);
    assertThat(comparison.differences()).containsExactly("cores: 2, now 64");
    assertThat(text(comparison)).startsWith("The conditions differ");
  }

  /** A round after no warm-up is another number, though its row has the same name. */
  @Test
  void otherSettingsAreNamed() throws IOException {
    SavedResult now =
        SampleFile.streams("java:java", 100, 101)
            .with(root -> ((ObjectNode) root.get("settings")).put("warmupSeconds", 0.125))
            .read(folder, "now");
    assertThat(rates(of(100, 101), now).differences())
        .singleElement()
        .asString()
        .startsWith("warmupSeconds: ")
        .endsWith(", now 0.125");
  }

  @Test
  void whatConnectionsDoBesidesMakesAnotherRow() throws IOException {
    SavedResult encrypted =
        SampleFile.streams("java:java", 100, 101)
            .with(root -> ((ObjectNode) root.at("/rows/0")).put("tls", true).put("resume", true))
            .read(folder, "now");
    assertThat(rates(of(100, 101), encrypted).missing())
        .containsExactly(
            "stream java:java, 64 B: not in now",
            "stream java:java, 64 B, resumable, encrypted: not measured in base");
  }

  @Test
  void aTableOfMarkdownHoldsWhateverAReasonSays() throws IOException {
    Comparison comparison = rates(of(100, 101), without("failed", "a | b\n<i>c</i> `d`"));
    assertThat(new ComparisonReport(comparison, 0.1).text(false, true))
        .contains("|---|---:|")
        .contains("FAILED: a \\| b \\<i\\>c\\</i\\> \\`d\\` |\n");
  }

  private static String text(Comparison comparison) {
    return new ComparisonReport(comparison, 0.1).text(false, false);
  }

  private SavedResult of(double... rates) throws IOException {
    return SampleFile.streams("java:java", rates).read(folder, "base");
  }

  private static Comparison rates(SavedResult base, SavedResult now) {
    return Comparison.of(base, now, RATE, 0.1);
  }
}
