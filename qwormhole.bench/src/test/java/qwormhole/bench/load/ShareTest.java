package qwormhole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void aRoundLastsFromTheFirstBeginningToTheLastEnd() {
    // nanoTime may overflow in between.
    long origin = Long.MAX_VALUE - 15;
    Counts one = Counts.right(5, 10);
    Round round =
        Share.sum(
            List.of(
                new Share(origin + 10, origin + 90, 5, one, null, null),
                new Share(origin, origin + 70, 5, one, null, null),
                new Share(origin + 5, origin + 100, 5, one, null, null)));
    assertThat(round.elapsedNanos()).isEqualTo(100);
    assertThat(round.sent()).isEqualTo(15);
    assertThat(round.confirmed()).isEqualTo(Counts.right(15, 10));
    assertThat(round.latency()).isNull();
  }

  @Test
  void histogramsAreAddedUpAndSurviveAsText() throws IOException {
    Histogram histogram = Round.histogram();
    histogram.recordValue(16_000);
    histogram.recordValue(20_000);
    Share share = new Share(0, 1, 2, Counts.NONE, histogram, null);
    Round round = Share.sum(List.of(share, share));
    assertThat(round.turnaround()).isNull();
    Histogram read = Histograms.decode(Histograms.encode(round.latency()));
    assertThat(read.getTotalCount()).isEqualTo(4);
    assertThat(read.valuesAreEquivalent(read.getMaxValue(), 20_000)).isTrue();
  }

  @Test
  void damagedHistogramsAreRefused() {
    assertThatThrownBy(() -> Histograms.decode("%%%")).isInstanceOf(IOException.class);
  }
}
