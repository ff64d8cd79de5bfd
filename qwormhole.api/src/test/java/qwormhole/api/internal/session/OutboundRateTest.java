package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qwormhole.api.RateLimit;
import qwormhole.api.SendResult;

/** The outbound rate over simulated time. */
class OutboundRateTest {
  private static final long SECOND = 1_000_000_000L;

  private static OutboundBed bed(long bytesPerSecond, long burst) {
    return new OutboundBed(
        OutboundBed.limits(true, 1 << 20, 2 << 20), new RateLimit(bytesPerSecond, burst), 64 << 20);
  }

  /** Sends as much as is accepted, for so many seconds of the simulated clock. */
  private static void stream(OutboundBed bed, long seconds) {
    Random random = new Random(1);
    long end = bed.timers.nanoTime() + seconds * SECOND;
    while (bed.timers.nanoTime() - end < 0) {
      SendResult result;
      do {
        result = bed.send("m", 1 + random.nextInt(3_000));
      } while (result == SendResult.SENT);
      bed.link.runTasks();
      if (!bed.timers.advanceToNext()) {
        bed.timers.advance(1_000_000);
      }
      bed.link.runTasks();
    }
  }

  @ParameterizedTest
  @CsvSource({"10000, 1000", "1000000, 65536", "50000000, 1048576"})
  void exactWithinFivePercentOverTime(long bytesPerSecond, long burst) {
    OutboundBed bed = bed(bytesPerSecond, burst);
    stream(bed, 10);
    assertThat((double) bed.link.wire.size())
        .isCloseTo(10.0 * bytesPerSecond + burst, Percentage.withPercentage(5));
    bed.outbound.close();
    bed.assertClean();
  }

  @Test
  void theBurstIsTheBoundOfWhatPassesAtOnce() {
    OutboundBed bed = bed(1_000, 5_000);
    bed.timers.advance(3600 * SECOND);
    bed.send("large", 20_000);
    assertThat(bed.link.wire.size()).isEqualTo(5_000);
    bed.timers.advance(SECOND);
    bed.link.runTasks();
    assertThat(bed.link.wire.size()).isCloseTo(6_000, within(50));
  }

  @Test
  void withinTheBurstThereIsNoDelay() {
    OutboundBed bed = bed(1_000, 5_000);
    bed.send("a");
    bed.send("b");
    bed.link.runTasks();
    assertThat(bed.names()).containsExactly("a", "b");
    assertThat(bed.timers.waiting()).isZero();
  }

  @Test
  void aWriteIsWorthItsSystemCall() {
    OutboundBed bed = bed(1_000_000, 10_000);
    stream(bed, 10);
    assertThat(bed.link.writes.size())
        .as("writes of a megabyte a second, in ten seconds")
        .isBetween(10, 10 * 1_000);
  }

  @Test
  void aFullSocketUnderARateLimitGoesOnWhereItStopped() {
    OutboundBed bed = bed(100_000, 1_000);
    bed.link.room = 500;
    bed.send("large", 10_000);
    assertThat(bed.link.asked).containsExactly("wantWritable");
    assertThat(bed.timers.waiting()).isZero();
    bed.openSocket();
    while (bed.timers.advanceToNext()) {
      bed.link.runTasks();
    }
    assertThat(bed.names()).containsExactly("large");
    bed.assertClean();
  }

  @Test
  void finishIsToldWhenTheLastByteHasBeenAllowed() {
    OutboundBed bed = bed(1_000, 1_000);
    bed.send("large", 3_000);
    bed.outbound.finish();
    long start = bed.timers.nanoTime();
    while (bed.timers.advanceToNext()) {
      bed.link.runTasks();
    }
    assertThat(bed.events.told).containsExactly("finished");
    assertThat((bed.timers.nanoTime() - start) / 1e9).isCloseTo(2.0, within(0.1));
    bed.assertClean();
  }

  @Test
  void closedWhileItWaitsForTheRateTheTimerDoesNothing() {
    OutboundBed bed = bed(1_000, 1_000);
    bed.send("large", 3_000);
    bed.outbound.close();
    while (bed.timers.advanceToNext()) {
      bed.link.runTasks();
    }
    assertThat(bed.link.wire.size()).isEqualTo(1_000);
    bed.assertClean();
  }
}
