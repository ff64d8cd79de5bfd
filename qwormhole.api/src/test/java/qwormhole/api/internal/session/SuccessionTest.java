package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;

class SuccessionTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final SelectionRequest wanted =
      new SelectionRequest(Side.SERVER, false, null, null, null, Map.of());
  private final Succession succession = new Succession(wanted, Duration.ofSeconds(30));
  private long now = 77;

  private void dies(String id) {
    succession.died(id, new IllegalStateException("boom"), now);
  }

  private void serves() {
    succession.opened(now);
    succession.served();
  }

  @Test
  void thoseThatDiedLatelyArePassedOverFirst() {
    serves();
    dies("lws");
    assertThat(succession.next().excluded())
        .isEqualTo(Map.of("lws", "died: java.lang.IllegalStateException: boom"));
    serves();
    dies("libsocket");
    assertThat(succession.next().excluded()).containsOnlyKeys("lws", "libsocket");
  }

  @Test
  void thenAllAreAskedAtOnceAndAfterPausesThatDouble() {
    serves();
    dies("lws");
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long pause = succession.pauseNanos(now);
      millis.add(TimeUnit.NANOSECONDS.toMillis(pause));
      now += pause;
      assertThat(succession.next()).isEqualTo(wanted);
    }
    assertThat(millis).containsExactly(0L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2000L, 2000L);
  }

  @Test
  void itIsOverWhenNoneHasServedInTime() {
    serves();
    now += 100 * SECOND;
    dies("lws");
    long begun = now;
    long pause = succession.pauseNanos(now);
    while (pause >= 0) {
      now += pause;
      pause = succession.pauseNanos(now);
    }
    assertThat(now - begun).isEqualTo(30 * SECOND);
  }

  @Test
  void whatIsOpenedAndDoesNotServeIsNotGivenMoreTime() {
    serves();
    now += 100 * SECOND;
    dies("lws");
    for (int i = 0; i < 29; i++) {
      assertThat(succession.pauseNanos(now)).isNotNegative();
      succession.opened(now);
      now += SECOND;
      dies("lws");
    }
    now += SECOND;
    assertThat(succession.pauseNanos(now)).isNegative();
  }

  @Test
  void whatServesAndDiesSoonIsWaitedForLongerEachTimeAndNeverGivenUp() {
    for (int i = 0; i < 100; i++) {
      serves();
      dies("lws");
      long pause = succession.pauseNanos(now);
      assertThat(pause).isNotNegative();
      assertThat(i < 10 || pause == 2 * SECOND).isTrue();
      now += pause;
    }
  }

  @Test
  void whatHasLivedForAWhileIsOpenedAtOnce() {
    for (int i = 0; i < 5; i++) {
      serves();
      now += 11 * SECOND;
      dies("lws");
      assertThat(succession.pauseNanos(now)).isZero();
    }
  }

  @Test
  void whoDiedLongAgoIsAskedLikeAnyOther() {
    serves();
    dies("lws");
    serves();
    now += 61 * SECOND;
    dies("java");
    assertThat(succession.next().excluded()).containsOnlyKeys("java");
  }

  @Test
  void withoutTimeOnlyTheOthersAreAsked() {
    Succession none = new Succession(wanted, Duration.ZERO);
    none.died("lws", new IllegalStateException(), now);
    assertThat(none.next().excluded()).containsOnlyKeys("lws");
    assertThat(none.pauseNanos(now)).isNegative();
  }
}
